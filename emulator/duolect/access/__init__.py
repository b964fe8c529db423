"""Who may call what: signatures, call rates and standing refusals."""
