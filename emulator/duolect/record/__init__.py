"""What is recorded of calls: the journal and queries of it, leaks, metrics, the log."""
