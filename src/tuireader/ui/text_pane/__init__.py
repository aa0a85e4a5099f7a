"""The text pane and the plain objects that it owns."""
