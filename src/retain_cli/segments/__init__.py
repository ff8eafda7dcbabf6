"""Segments: customers by a condition on what is known of them, with a name to call it by."""
