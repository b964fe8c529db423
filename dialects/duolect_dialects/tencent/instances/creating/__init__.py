"""Creating instances: what is asked for, and what comes of it."""
