"""What to offer whom, and why: computed when asked, from the purchases."""
