"""The values of the program and the rules for them: frozen, standard library only, no I/O."""
