"""Launch templates and deployment sets."""
