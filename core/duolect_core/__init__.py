"""The world of cloud networks: resources, their relations, their lifecycles and their limits.

This package knows no HTTP, no cloud vendor, no wall clock and no randomness of its own. Time enters
as an argument, chance comes from a seeded generator, and every change is a command, so that the same
commands at the same instants always build the same partition.
"""
