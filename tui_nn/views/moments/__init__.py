"""The moments of a run."""
