"""A foreign file into rows and problems: nothing is guessed silently, nothing is half taken in."""
