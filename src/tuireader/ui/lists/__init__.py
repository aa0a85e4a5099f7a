"""The lists, one kind of item a module."""
