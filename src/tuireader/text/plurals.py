"""Counts with their nouns, for messages."""


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the singular or the plural.

    >>> counted(1, "article"), counted(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
