"""Services that the command line and the screens share."""
