"""What a person can look at inside a network, as read-only values of a request and a snapshot."""
