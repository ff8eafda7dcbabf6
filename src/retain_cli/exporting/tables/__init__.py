"""The tables that an import takes back: one file each, with `COLUMNS` as the import names them, and `rows`."""
