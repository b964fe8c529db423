"""The vendor's wire: how requests arrive, are signed, and are answered."""
