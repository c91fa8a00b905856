"""Which two neurons of a layer come after others, where one pair after the other is looked at."""

from __future__ import annotations

from tui_nn.views.hidden.values import Pair


def beside(pair: Pair | None, units: int, step: int) -> Pair | None:
    """Return the pair `step` (1 or -1) further: None, (0, 1), (0, 2) ... (1, 2) ..., then None again.

    Of two neurons the other order, of one none.
    """
    if units < 2:
        return None
    if units == 2:
        return (1, 0) if pair == (0, 1) else (0, 1)
    if pair is None:
        return (0, 1) if step > 0 else (units - 2, units - 1)
    first, second = sorted(pair)
    second += step
    if second >= units:
        first, second = first + 1, first + 2
    elif second <= first:
        first, second = first - 1, units - 1
    return (first, second) if 0 <= first < second < units else None
