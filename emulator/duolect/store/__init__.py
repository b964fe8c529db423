"""A state that lasts: every command in a log, snapshots of partitions, and how both become a state again."""
