"""Who is let in: signatures, rates and standing refusals."""
