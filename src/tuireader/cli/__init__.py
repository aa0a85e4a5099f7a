"""The command line: one module per command, the parser, and printing."""
