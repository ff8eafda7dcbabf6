"""Subcommands: read, decide, save, show. The function of a module is the subcommand of its name."""
