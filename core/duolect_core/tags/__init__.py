"""Tags of resources of every kind."""
