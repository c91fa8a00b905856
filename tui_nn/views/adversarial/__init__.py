"""An image pushed until the network misreads it, by the sign of the gradient."""
