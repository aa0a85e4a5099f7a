"""The reader's main screen and what it is composed of."""
