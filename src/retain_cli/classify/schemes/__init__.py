"""Ways to cut the base into A, B and C: one file each."""
