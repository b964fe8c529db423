"""The server: one port that speaks both dialects."""

__version__ = "0.1.0"
"""As in pyproject.toml: to look it up in the installed package would take 30 ms of every start."""
