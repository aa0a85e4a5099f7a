"""Saved pages and other HTML and XML."""
