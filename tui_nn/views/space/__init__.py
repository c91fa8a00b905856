"""The network in space."""
