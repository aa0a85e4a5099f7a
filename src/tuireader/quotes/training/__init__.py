"""Labelled articles, the figures for them, and the learning of the weights."""
