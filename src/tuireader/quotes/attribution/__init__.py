"""Links each quoted span to its speaker: candidates, their features, and the weights."""
