"""The canvas for drawing digits."""
