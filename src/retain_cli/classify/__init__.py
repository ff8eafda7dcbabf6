"""Grades: who matters how much, from what they bought."""
