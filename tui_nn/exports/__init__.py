"""A trained network in the forms of others: what it does to a raw row, written as arrays, source or graph."""
