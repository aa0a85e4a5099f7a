"""Exports of other services read as articles with highlights: one format, one module."""
