"""Labelled articles, the evaluation of the engine on them, and the training of the weights."""
