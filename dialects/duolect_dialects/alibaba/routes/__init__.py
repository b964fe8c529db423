"""Route tables, and the routes in them."""
