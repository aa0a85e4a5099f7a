"""The lists: a widget that composes model, viewport and filter, and one module a kind of item."""
