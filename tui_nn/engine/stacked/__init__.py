"""Networks of one shape, trained together as one array: many small ones cost little more than one.

    stack = Stack(networks)                                 # takes over what training has made of them
    optimizer = stack_optimizers(optimizers)
    source = stack_sources([network.prepare(inputs, targets) for ...])
    stack.train_step(source, rows + source.starts, optimizer, rates)  # rows (n_networks, batch)
    stack.predict(inputs)                                   # (n_networks, n, n_outputs)
    stack.write(position, network)                          # back into a solo network

A network and its twin in a stack agree but for the order in which sums are rounded: products of tiny matrices
go through other kernels.
"""

from tui_nn.engine.stacked.optimizers import one_or_each, stack_optimizers
from tui_nn.engine.stacked.source import StackedSource, stack_sources
from tui_nn.engine.stacked.stack import Stack

__all__ = ["Stack", "StackedSource", "one_or_each", "stack_optimizers", "stack_sources"]
