"""IP addresses as integers: pools of them, and the chance by which one is drawn."""
