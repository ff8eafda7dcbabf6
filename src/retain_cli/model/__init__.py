"""The nouns of the trade. Tables need SQLModel; `money`, `grade` and `partial_date` are plain values."""
