"""Instances and their types."""
