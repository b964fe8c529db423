"""Networks, subnets and their blocks."""
