from __future__ import annotations

from tui_nn.views.hidden.pairs import beside


def test_pairs_go_round() -> None:
    pairs = [None]
    for _ in range(7):
        pairs.append(beside(pairs[-1], 4, 1))

    assert pairs == [None, (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), None]
    backwards = [None]
    for _ in range(7):
        backwards.append(beside(backwards[-1], 4, -1))
    assert backwards == pairs[::-1]
    assert beside(None, 1, 1) is None
    assert (beside((0, 1), 2, 1), beside((1, 0), 2, -1)) == ((1, 0), (0, 1))
