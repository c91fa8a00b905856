"""The screens: they route messages to commands and settings, and compute nothing."""
