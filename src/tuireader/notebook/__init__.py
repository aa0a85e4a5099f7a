"""What the reader has made of the articles, kept in TinyDB, and only here."""
