"""The screen for a screen reader: plain lines, and the terminal's cursor at the reading place."""
