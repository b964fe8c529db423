"""Lists of addresses and services that rules and routes name, and groups of lists."""
