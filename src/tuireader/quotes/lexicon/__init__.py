"""What is known of each language: its data file, and its common words."""
