"""Which mentions refer to the same person or organisation."""
