"""What the engine knows of a language: its word lists, given names, and its common nouns."""
