"""Documents of one article each: their kinds, and what they have in common."""
