"""Disks and snapshots of them."""
