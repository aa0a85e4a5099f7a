"""Who said what: pure functions over text, and their word lists."""
