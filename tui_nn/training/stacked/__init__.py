"""Runs of networks of one shape, trained together; each is the run that it would be alone."""
