"""Pages that a browser has saved: MHTML, Safari's web archives, SingleFile, zip archives."""
