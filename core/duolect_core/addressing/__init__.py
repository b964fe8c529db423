"""IP addresses as integers: pools of them, and the seeded chance by which one is chosen."""
