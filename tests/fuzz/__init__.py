"""Types random keys into the program, and looks for crashes, hangs and lost words."""
