"""Who will buy again, when, and for how much; and how well that would have worked."""
