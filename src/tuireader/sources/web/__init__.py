"""What comes over the network, and only when the reader asked for it."""
