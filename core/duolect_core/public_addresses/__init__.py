"""Elastic public addresses."""
