"""tuireader: a reading desk for the terminal."""

__version__ = "0.1.0"
