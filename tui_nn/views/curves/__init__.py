"""The curves of the run."""
