"""Which key does what: maps of keys in files, and keyboards that have no Latin letters."""
