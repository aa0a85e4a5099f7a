"""The terminal driver: input, output, and leaving whatever the terminal does."""
