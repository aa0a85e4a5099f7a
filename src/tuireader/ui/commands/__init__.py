"""Commands that are typed: the command line of the reader, and programs that it runs."""
