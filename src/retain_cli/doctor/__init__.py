"""Whether everything is in order: the file itself, what is kept beside the facts, and what waits for somebody."""
