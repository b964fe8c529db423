"""Elastic network interfaces and their addresses."""
