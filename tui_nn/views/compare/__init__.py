"""Runs side by side: their maps, their curves over one another, a table."""
