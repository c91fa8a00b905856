"""The hidden space."""
