"""The neuron with its numbers."""
