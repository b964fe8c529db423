"""Giving instances another place, and paying for them in another way."""
