"""The index over all articles that is derived from them and can be deleted and rebuilt."""
