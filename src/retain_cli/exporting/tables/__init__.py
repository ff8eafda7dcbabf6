"""The tables that an import takes back: one file each, with `COLUMNS` as the import names them, and `rows`.

`KEPT` are further columns of the table, which a restore needs; in the file they are called `retain_id` and so on.
"""
