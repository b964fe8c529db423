"""Snapshots of the emulator's state: written to JSON, and restored from it."""
