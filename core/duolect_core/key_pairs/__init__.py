"""Key pairs, and which instances they open."""
