"""Writers: a document in, characters out. None of them computes."""
