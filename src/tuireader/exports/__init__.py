"""The reader's work taken out: one format, one module."""
