"""The search index: a derived full-text index over everything in the library."""
