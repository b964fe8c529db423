"""Images of the account's own."""
