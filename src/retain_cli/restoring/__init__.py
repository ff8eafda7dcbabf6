"""A folder that `retain export all` wrote, back into a database: every record, under its own number."""
