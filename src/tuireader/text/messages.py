"""Parts of messages: counts with their nouns, and text cut to one short line."""


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the singular or the plural.

    >>> counted(1, "article"), counted(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def shortened(text: str, most: int = 40) -> str:
    r"""Return a text on one line, cut with an ellipsis to at most `most` code points.

    >>> shortened("We sail at noon,\nor not at all.", 20)
    'We sail at noon, or…'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
