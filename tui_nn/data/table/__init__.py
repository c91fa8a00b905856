"""A person's own table: what its bytes say, what its columns are, and the numbers that a network is given."""
