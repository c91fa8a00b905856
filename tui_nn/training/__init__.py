"""Owns everything mutable of a run: trainer, session, history, checkpoint."""
