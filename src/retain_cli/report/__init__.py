"""Was it worth it: sections of a report over a period."""
