"""Settings as one line of text that people hand on."""
