"""What ties resources together, and whether they fit: for the commands of every subject."""
