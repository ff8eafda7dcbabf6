"""The database: opening, asking, saving. Nothing outside this folder knows which driver there is."""
