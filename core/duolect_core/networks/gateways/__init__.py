"""IPv4 and IPv6 gateways of networks."""
