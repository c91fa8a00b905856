"""The walk of one example through the network and back."""
