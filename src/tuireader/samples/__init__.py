"""Original articles, so that the first start shows something real."""
