"""A run that a program drives: JSON lines both ways, checked and described by one registry of requests."""
