"""Texts in light markup: reStructuredText, Org, AsciiDoc and others."""
