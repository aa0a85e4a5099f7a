"""Text algorithms over plain strings: sanitizing, folding, sentences, language, search."""
