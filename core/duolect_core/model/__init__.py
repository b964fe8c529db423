"""What the world is made of, as values: resources, lifecycles, rules of security groups, rules of a cloud."""
