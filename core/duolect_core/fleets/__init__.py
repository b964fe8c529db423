"""What new instances are made of: launch templates."""
