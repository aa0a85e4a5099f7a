"""Who said what: pure functions over text, and their word lists."""

from tuireader.quotes.engine import extract

__all__ = ["extract"]
