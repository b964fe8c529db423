"""The account: who calls, which regions and zones it has, what it may have."""
