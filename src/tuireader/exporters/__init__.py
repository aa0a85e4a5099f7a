"""What the reader's work is written out as: one format, one module."""
