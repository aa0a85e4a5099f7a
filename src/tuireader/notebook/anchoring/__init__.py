"""Finding a kept passage again in a text that has changed, and comparing two texts."""
