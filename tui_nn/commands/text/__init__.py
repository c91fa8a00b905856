"""The whole program as plain appended lines, for screen readers and braille displays."""
