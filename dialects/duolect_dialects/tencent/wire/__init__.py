"""The wire: how calls arrive, how answers leave, and what is signed."""
