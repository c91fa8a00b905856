from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_nn.training.batches import Batches


class Straight:
    """Stands in for a random generator and leaves everything in its order."""

    bit_generator = np.random.default_rng(0).bit_generator

    def permutation(self, n: int) -> np.ndarray:
        return np.arange(n)


def straight(n: int, size: int, remainder: str) -> Batches:
    return Batches(n, size, shuffle="once", remainder=remainder, rng=Straight())


def shuffled(n: int, size: int, remainder: str = "use", shuffle: str = "epoch", seed: int = 0) -> Batches:
    return Batches(n, size, shuffle=shuffle, remainder=remainder, rng=np.random.default_rng(seed))


def take(batches: Batches, count: int) -> list[list[int]]:
    return [batches.take().tolist() for _ in range(count)]


def take_epoch(batches: Batches) -> list[list[int]]:
    before, taken = batches.epoch, []
    while batches.epoch == before:
        taken.append(batches.take().tolist())
    return taken


def test_a_remainder_that_is_used_makes_a_smaller_batch() -> None:
    assert take(straight(7, 3, "use"), 4) == [[0, 1, 2], [3, 4, 5], [6], [0, 1, 2]]


def test_a_remainder_that_is_dropped_is_left_out() -> None:
    assert take(straight(7, 3, "drop"), 4) == [[0, 1, 2], [3, 4, 5], [0, 1, 2], [3, 4, 5]]


def test_a_remainder_that_is_carried_joins_the_first_batch_of_the_next_epoch() -> None:
    assert take(straight(7, 3, "carry"), 4) == [[0, 1, 2], [3, 4, 5], [6, 0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize("remainder", ["use", "drop", "carry"])
def test_where_nothing_remains_all_modes_are_alike(remainder: str) -> None:
    assert take(straight(6, 3, remainder), 3) == [[0, 1, 2], [3, 4, 5], [0, 1, 2]]


@pytest.mark.parametrize("remainder", ["use", "drop", "carry"])
def test_one_batch_can_be_the_whole_set(remainder: str) -> None:
    batches = straight(4, 4, remainder)

    assert take(batches, 2) == [[0, 1, 2, 3]] * 2
    assert batches.epoch == 2


@pytest.mark.parametrize(("remainder", "epochs"), [("use", [0, 0, 1, 1]), ("drop", [0, 1, 1, 2])])
def test_an_epoch_ends_with_its_last_batch(remainder: str, epochs: list[int]) -> None:
    batches = straight(7, 3, remainder)

    assert [(batches.take(), batches.epoch)[1] for _ in range(4)] == epochs


@given(n=st.integers(1, 50), size=st.integers(1, 60), remainder=st.sampled_from(["use", "drop", "carry"]))
def test_steps_and_samples_of_an_epoch_are_as_promised(n: int, size: int, remainder: str) -> None:
    batches = shuffled(n, size, remainder)
    promised = (batches.steps_per_epoch, batches.samples_per_epoch)
    take_epoch(batches)  # the first has nothing carried into it
    taken = take_epoch(batches)

    assert (len(taken), sum(map(len, taken))) == promised


@given(n=st.integers(1, 50), size=st.integers(1, 60), seed=st.integers(0, 9))
def test_every_sample_comes_once_an_epoch(n: int, size: int, seed: int) -> None:
    batches = shuffled(n, size, seed=seed)
    for _ in range(3):
        rows = [row for batch in take_epoch(batches) for row in batch]

        assert sorted(rows) == list(range(n))


@given(n=st.integers(2, 50), size=st.integers(1, 60), seed=st.integers(0, 9))
def test_carrying_trains_on_every_sample_once_for_each_epoch_begun(n: int, size: int, seed: int) -> None:
    batches = shuffled(n, size, "carry", seed=seed)
    rows = [row for _ in range(3) for batch in take_epoch(batches) for row in batch]
    rows += batches.state()["carried"].tolist()

    assert sorted(rows) == sorted(list(range(n)) * 3)


def test_a_new_order_comes_with_each_epoch_or_never() -> None:
    anew, once = shuffled(40, 40), shuffled(40, 40, shuffle="once")

    assert all(first != second for first, second in pairwise(take(anew, 4)))
    assert all(first == second for first, second in pairwise(take(once, 4)))


def test_the_order_is_decided_by_the_generator() -> None:
    assert take(shuffled(20, 6, seed=1), 9) == take(shuffled(20, 6, seed=1), 9)
    assert take(shuffled(20, 6, seed=1), 9) != take(shuffled(20, 6, seed=2), 9)


@given(
    done=st.integers(0, 30),
    shuffle=st.sampled_from(["epoch", "once"]),
    remainder=st.sampled_from(["use", "drop", "carry"]),
)
def test_a_loaded_state_goes_on_with_the_same_batches(done: int, shuffle: str, remainder: str) -> None:
    batches, other = shuffled(23, 5, remainder, shuffle), shuffled(23, 5, remainder, shuffle, seed=9)
    take(batches, done)
    other.load(batches.state())

    assert other.epoch == batches.epoch
    assert take(other, 20) == take(batches, 20)


def test_a_state_is_a_copy() -> None:
    batches = shuffled(23, 5, "carry")
    take(batches, 4)
    state = batches.state()
    expected = take(batches, 20)
    batches.load(state)

    assert take(batches, 20) == expected


def test_another_batch_size_goes_on_from_the_same_place() -> None:
    batches = straight(10, 2, "use")
    take(batches, 1)
    batches.change(4, "once", "use")

    assert take(batches, 3) == [[2, 3, 4, 5], [6, 7, 8, 9], [0, 1, 2, 3]]


def test_what_was_carried_is_not_lost_with_another_remainder() -> None:
    batches = straight(5, 2, "carry")
    take(batches, 2)
    batches.change(2, "once", "use")

    assert take(batches, 3) == [[4, 0, 1], [2, 3], [4]]
