"""Coreference: which mentions refer to the same person or organisation."""
