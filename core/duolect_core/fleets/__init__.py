"""What new instances are made of, where they stand, and in what they come: templates and groups."""
