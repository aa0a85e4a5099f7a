"""The colours of the screen: themes, their contrasts, and the styles of text by name."""
