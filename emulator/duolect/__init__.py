"""The server: one port that speaks both dialects."""

from importlib.metadata import version

__version__ = version("duolect")
