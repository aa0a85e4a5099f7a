"""Text to rows: wrapping, cell widths, motions. Pure, and free of Textual."""
