"""What a table may come in: each file here opens one kind of container and gives its records."""
