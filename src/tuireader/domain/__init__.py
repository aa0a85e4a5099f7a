"""What things are: frozen values and rules over them. Standard library only, no I/O."""
