"""The stages of a walk: what the engine computed for one example, and the words and numbers that show it."""
