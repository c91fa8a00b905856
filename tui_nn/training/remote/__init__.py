"""A run in a process of its own, as the app sees it."""
