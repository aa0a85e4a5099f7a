"""What other services' exports hold: bytes in, articles with their highlights out."""
