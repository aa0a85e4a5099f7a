"""Texts in XML: books, scholarly articles, editions, news."""
