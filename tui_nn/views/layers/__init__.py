"""The layers as a whole."""
