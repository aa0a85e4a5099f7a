"""All screens but the reader, and the dialogs."""
