"""What is looked at, one file each."""
