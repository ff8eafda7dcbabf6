"""Something happened: what is kept of it."""
