"""Several runs side by side, advanced together: what a comparison on the screen owns."""
