"""Elastic network interfaces and their private addresses."""
