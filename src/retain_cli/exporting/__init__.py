"""What is kept, as rows for a file: so written that an import takes customers, purchases and visits back."""
