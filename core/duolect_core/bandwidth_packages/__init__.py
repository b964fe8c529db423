"""Bandwidth packages."""
