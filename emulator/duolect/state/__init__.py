"""The state of the running emulator: its partitions, and the worlds that they begin with."""
