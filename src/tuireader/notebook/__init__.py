"""The notebook: bookmarks, notes, corrections, progress and the list of sources, kept in TinyDB."""
