"""All partitions of the running emulator, and what they begin with."""
