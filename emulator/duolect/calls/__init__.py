"""The pipeline of a call, from the bytes that arrived to the bytes that leave."""
