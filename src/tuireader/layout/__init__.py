"""Lays out text as rows of terminal cells: wrapping, cell widths, motions. Free of Textual."""
