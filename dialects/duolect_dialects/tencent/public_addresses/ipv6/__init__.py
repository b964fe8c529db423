"""Public IPv6 addresses: classic ones, which interfaces have, and elastic ones."""
