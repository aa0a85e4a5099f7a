"""Draws every screen of the program as a picture, and as cells for the snapshot tests."""
