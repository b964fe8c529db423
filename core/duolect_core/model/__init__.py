"""What the world is made of, as values: resources, lifecycles, security rules, and the rules of a cloud."""
