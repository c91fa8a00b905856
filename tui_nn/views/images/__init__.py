"""The images a network reads."""
