"""One pane, one module; a pane is one widget however much it shows."""
