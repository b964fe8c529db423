"""IPv6 addresses as the VPC product has them, and their Internet bandwidth."""
