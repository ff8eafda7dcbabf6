"""Sections of the report: one file each.

A section's docstring is the sentence under its title; `TITLE` its title, `ORDER` its place, and
`section(asked)` its figures.
"""
