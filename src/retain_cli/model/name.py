"""Names: kept as they were written, searched more loosely."""

import unicodedata


def search_key(name: str) -> str:
    """The name as it is searched: compatibility forms folded (full width, ligatures), case folded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
