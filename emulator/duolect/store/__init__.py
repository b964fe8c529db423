"""A state that lasts: every command in a log, snapshots, and how both become a state again."""
