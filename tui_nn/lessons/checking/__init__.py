"""Proofs that a lesson is what it says: its form, its challenges, its claims, its keys."""
