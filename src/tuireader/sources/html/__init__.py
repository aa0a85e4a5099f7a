"""HTML pages and XML documents: parsing, metadata, article extraction and rendering."""
