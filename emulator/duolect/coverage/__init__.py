"""What is served, from the declarations, beside what the vendors have."""
