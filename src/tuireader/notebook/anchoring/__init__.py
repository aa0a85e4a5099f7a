"""Passages found again in a text that has changed, and what changed in it."""
