"""Numbers of things in words."""


def counted(number: int, noun: str) -> str:
    """The number and the noun, in the plural unless it is one: "1 passage", "2,000 passages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
