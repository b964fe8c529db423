"""What new instances are made of, and where they stand: launch templates and placement groups."""
