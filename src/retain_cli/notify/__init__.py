"""Getting a digest out, exactly as often as it should."""
