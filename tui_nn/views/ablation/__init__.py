"""Which neuron matters: the network without each of its hidden neurons."""
