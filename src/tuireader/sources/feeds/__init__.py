"""Feeds (RSS, Atom, RDF, CDF and JSON Feed), and lists of feeds (OPML, newsboat's `urls`)."""
