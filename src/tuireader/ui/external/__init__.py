"""Other programs that get the terminal: the reader's editor and a text browser."""
