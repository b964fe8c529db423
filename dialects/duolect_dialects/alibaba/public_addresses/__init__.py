"""Elastic IP addresses (EIPs)."""
