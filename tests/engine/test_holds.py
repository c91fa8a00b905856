from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_nn.engine import (
    OPTIMIZERS,
    BatchNorm,
    Dense,
    EngineError,
    Network,
    Penalty,
    load_model,
    save_model,
    transplant,
)
from tui_nn.engine.holds import CUT_LINK, CUT_SOURCE, CUT_TARGET, FROZEN_LINK, FROZEN_NEURON

INPUTS = np.random.default_rng(3).normal(size=(12, 2))
TARGETS = (INPUTS[:, :1] > 0).astype(float)


def network(*hidden: int, seed: int = 0) -> Network:
    layers = [*(Dense(units, "tanh") for units in hidden or (3,)), Dense(1, "sigmoid")]
    rng = np.random.default_rng(seed)
    return Network((2,), layers, loss="binary_cross_entropy", rng=rng, dtype="float64", bias_init=0.1)


def train(trained: Network, steps: int = 5, optimizer: str = "sgd") -> None:
    source = trained.prepare(INPUTS, TARGETS)
    updater = OPTIMIZERS[optimizer].create(trained.n_parameters, "float64")
    for _ in range(steps):
        trained.train_step(source, np.arange(12), updater, 0.1)


def at(*positions: int) -> np.ndarray:
    return np.array(positions, dtype=np.intp)


@pytest.mark.parametrize("penalty", [None, "l1", "l2", "elastic_net"])
@pytest.mark.parametrize("clip", [None, 0.01])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_is_held_stays_and_the_rest_learns(
    optimizer: str, penalty: str | None, clip: float | None
) -> None:
    held = network()
    held.penalty = None if penalty is None else Penalty(penalty, 0.5)
    held.clip_norm = held.clip_value = clip
    train(held, 3, optimizer)
    held.constraints.revive()
    held.parameters[1] = 1e-9  # a pull across zero would kill it
    before = held.parameters.copy()
    held.constraints.hold(at(1, 4), FROZEN_LINK)
    held.constraints.hold(at(2), CUT_LINK)

    train(held, 5, optimizer)

    assert held.parameters[[1, 4]].tolist() == before[[1, 4]].tolist()
    assert held.parameters[2] == 0.0
    moved = held.parameters != before
    assert moved[[0, 3, 5]].any()
    assert held.constraints.alive is None or held.constraints.alive[[1, 2, 4]].all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_velocities_from_before_do_not_move_what_is_held(optimizer: str) -> None:
    held = network()
    source = held.prepare(INPUTS, TARGETS)
    updater = OPTIMIZERS[optimizer].create(held.n_parameters, "float64")
    for _ in range(3):
        held.train_step(source, np.arange(12), updater, 0.1)
    before = held.parameters.copy()
    held.constraints.hold(at(0), FROZEN_LINK)
    for _ in range(5):
        held.train_step(source, np.arange(12), updater, 0.1)

    assert held.parameters[0] == before[0]


def test_nothing_held_trains_to_the_same_bits_as_ever() -> None:
    plain, thawed = network(), network()
    thawed.constraints.hold(at(0, 5), FROZEN_LINK)
    thawed.constraints.release(at(0, 5), FROZEN_LINK)
    assert thawed.constraints.holds is None

    train(plain)
    train(thawed)

    assert plain.parameters.tobytes() == thawed.parameters.tobytes()


def test_healing_gives_the_old_value_back_whatever_happened_between() -> None:
    cut = network()
    before = float(cut.parameters[2])
    cut.constraints.hold(at(2), CUT_LINK)
    assert cut.parameters[2] == 0.0
    train(cut)

    cut.constraints.release(at(2), CUT_LINK)

    assert cut.parameters[2] == before
    assert cut.constraints.holds is None


def test_a_parameter_that_is_cut_twice_is_healed_by_both() -> None:
    cut = network()
    before = float(cut.parameters[2])
    cut.constraints.hold(at(2), CUT_LINK)
    cut.constraints.hold(at(1, 2), CUT_TARGET)

    cut.constraints.release(at(1, 2), CUT_TARGET)
    assert cut.parameters[1] != 0.0
    assert cut.parameters[2] == 0.0

    cut.constraints.release(at(2), CUT_LINK)
    assert cut.parameters[2] == before


def test_a_frozen_parameter_that_is_cut_and_healed_is_still_frozen() -> None:
    held = network()
    before = float(held.parameters[2])
    held.constraints.hold(at(2), FROZEN_LINK)
    held.constraints.hold(at(2), CUT_LINK)
    held.constraints.release(at(2), CUT_LINK)
    train(held)

    assert held.parameters[2] == before


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from([CUT_LINK, CUT_TARGET, CUT_SOURCE, FROZEN_LINK, FROZEN_NEURON]),
            st.sets(st.integers(0, 12), max_size=5),
        ),
        max_size=12,
    )
)
def test_any_order_of_holding_and_releasing_ends_where_it_began(
    changes: list[tuple[bool, int, set[int]]],
) -> None:
    held = network()
    before = held.parameters.copy()
    for is_hold, reason, positions in changes:
        (held.constraints.hold if is_hold else held.constraints.release)(at(*positions), reason)
        if held.constraints.holds is not None:
            assert not held.parameters[held.constraints.holds.cut].any()
    for reason in (CUT_LINK, CUT_TARGET, CUT_SOURCE, FROZEN_LINK, FROZEN_NEURON):
        held.constraints.release(np.arange(13), reason)

    assert held.constraints.holds is None
    assert held.parameters.tobytes() == before.tobytes()


def test_the_state_of_a_network_holds_what_is_held() -> None:
    held, other = network(), network(seed=1)
    before = float(held.parameters[2])
    held.constraints.hold(at(2), CUT_LINK)
    held.constraints.hold(at(0), FROZEN_LINK)

    other.parameters[:] = 9.0  # as of a moment before the cut
    other.load_state(held.state())

    assert other.parameters[2] == 0.0
    other.constraints.release(at(2), CUT_LINK)
    assert other.parameters[2] == before
    train(other)
    assert other.parameters[0] == 9.0


def test_a_state_without_holds_ends_them() -> None:
    held = network()
    held.constraints.hold(at(0), FROZEN_LINK)

    held.load_state(network().state())

    assert held.constraints.holds is None


def test_a_model_file_keeps_holds(tmp_path) -> None:
    held = network()
    before = float(held.parameters[2])
    held.constraints.hold(at(2), CUT_LINK)
    save_model(tmp_path / "held.npz", held)

    loaded = load_model(tmp_path / "held.npz").network

    assert loaded.constraints.holds is not None
    assert loaded.constraints.holds.cut.tolist() == [2]
    loaded.constraints.release(at(2), CUT_LINK)
    assert loaded.parameters[2] == before


@pytest.mark.parametrize(
    "damage",
    [
        {"held": np.full(13, 255, np.uint8)},
        {"held": np.zeros(13)},
        {"healed": np.full(13, np.nan)},
        {"held": np.zeros(12, np.uint8)},
    ],
)
def test_damaged_holds_are_refused(damage: dict[str, np.ndarray]) -> None:
    held = network()
    held.constraints.hold(at(2), CUT_LINK)

    with pytest.raises(EngineError):
        network().load_state(held.state() | damage)


def test_holds_go_with_the_weights_into_a_network_of_another_shape() -> None:
    old, new = network(3), network(5, seed=1)
    before = float(old.layers[0].weights[1, 2])
    old.constraints.hold(at(5), CUT_LINK)  # weights[1, 2] of the first layer, 3 wide
    old.constraints.hold(at(9), FROZEN_LINK)  # weights[0, 0] of the second

    transplant(old, new)
    train(new)

    assert new.layers[0].weights[1, 2] == 0.0
    assert new.layers[1].weights[0, 0] == old.layers[1].weights[0, 0]
    new.constraints.release(at(7), CUT_LINK)
    assert new.layers[0].weights[1, 2] == before


def test_the_links_of_a_new_neuron_to_a_cut_one_are_cut_as_well() -> None:
    old, new = network(2, 2), network(3, 2, seed=1)
    first, second = old.layers[0], old.layers[1]
    own = second.start + np.arange(second.block.size).reshape(second.block.shape)[:, 1]
    leaving = old.layers[2].start + np.array([1])
    old.constraints.hold(own, CUT_TARGET)
    old.constraints.hold(leaving, CUT_SOURCE)
    assert first.block.all()

    transplant(old, new)

    assert not new.layers[1].block[:, 1].any()
    assert new.layers[1].block[:, 0].all()
    assert new.layers[2].weights.ravel().tolist() == [old.layers[2].weights[0, 0], 0.0]


def test_batch_norm_can_be_held() -> None:
    layers = [Dense(3), BatchNorm("tanh"), Dense(1, "sigmoid")]
    held = Network((2,), layers, loss="binary_cross_entropy", rng=np.random.default_rng(0), dtype="float64")
    norm = held.layers[1]
    held.constraints.hold(at(norm.start + 1), FROZEN_NEURON)
    train(held)

    assert norm.weights[0, 1] == 1.0
    assert norm.weights[0, 0] != 1.0
