"""Bandwidth packages, which several public addresses share."""
