"""The HTTP server and its process."""
