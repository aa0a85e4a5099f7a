"""The file that must not lose a word: an append-only journal under TinyDB, and its copies."""
