"""VPCs, their subnets, blocks and route tables."""
