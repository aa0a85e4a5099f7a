"""The web: fetching pages, files and feeds, and storing what was fetched."""
