"""The query language: what a reader types to find articles, parsed into a tree of conditions."""
