"""The list of all articles, and the indexes made from them, which can be deleted and rebuilt."""
