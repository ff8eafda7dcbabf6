"""What the file says it is."""

APPLICATION_ID = 0x5245544E
"""`RETN`, at offset 68 of the file: https://sqlite.org/fileformat2.html#application_id."""

SCHEMA_VERSION = 1
"""The newest migration this program knows; the file keeps its own in `user_version`."""
