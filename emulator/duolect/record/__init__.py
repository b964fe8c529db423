"""What is told of calls: the journal and what is asked of it, metrics, the log."""
