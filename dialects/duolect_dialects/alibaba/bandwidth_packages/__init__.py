"""Bandwidth that EIPs share (Internet Shared Bandwidth, common bandwidth packages)."""
