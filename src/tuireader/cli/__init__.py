"""The command line: one module a command; it puts the parts together and prints what they give."""
