"""Launch templates and placement groups."""
