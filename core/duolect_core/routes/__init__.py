"""Route tables and routes."""
