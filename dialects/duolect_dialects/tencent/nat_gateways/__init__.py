"""NAT gateways and their rules."""
