"""Pictures on the screen, by the means that the terminal has."""
