"""Where a lifecycle table leads."""


def reachable(table, start):
    """Return the states that can be reached from ``start``, itself included."""
    found = {start}
    while step := {after for (before, _), after in table.items() if before in found} - found:
        found |= step
    return found
