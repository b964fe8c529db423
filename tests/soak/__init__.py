"""A soak: everything at once, for minutes or hours, with a look at what it costs all the while."""
