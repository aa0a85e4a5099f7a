"""Formats for output: bookmarks and notes as documents, and records of all kinds."""
