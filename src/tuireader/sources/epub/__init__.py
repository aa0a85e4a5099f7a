"""E-books (EPUB)."""
