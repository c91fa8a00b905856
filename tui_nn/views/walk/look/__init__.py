"""Looks at the walk of one example through the network and back, in the trainer."""
