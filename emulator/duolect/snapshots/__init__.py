"""Everything as a file, and back."""
