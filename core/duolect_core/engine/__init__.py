"""What carries commands out: the partition, its timeline, its operations, its memory of tokens."""
