from __future__ import annotations

import numpy as np
import pytest

from tui_nn.training.snapshot import Metrics
from tui_nn.training.timeline import MOST_FRAMES, Frame, Timeline, first_interval


def frame(step: int, n_parameters: int = 4) -> Frame:
    return Frame(step, step // 5, step % 5, np.full(n_parameters, step, np.float32))


def kept(last_step: int, first_step: int = 0, n_parameters: int = 4, **options: int) -> Timeline:
    """Return a timeline after a run that asked at every step whether a frame is due."""
    timeline = Timeline(**options)
    timeline.add(frame(first_step, n_parameters))
    for step in range(first_step + 1, last_step + 1):
        if step >= timeline.due:
            timeline.add(frame(step, n_parameters))
    return timeline


def steps(timeline: Timeline) -> list[int]:
    return [frame.step for frame in timeline.frames]


def test_at_first_every_step_is_kept() -> None:
    assert steps(kept(5)) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("last_step", [399, 400, 401, 799, 800, 12_345])
def test_the_frames_are_evenly_spaced_and_no_more_than_allowed(last_step: int) -> None:
    timeline = kept(last_step)

    assert len(timeline.frames) <= MOST_FRAMES
    assert steps(timeline) == list(range(0, last_step + 1, timeline.interval))
    assert last_step < MOST_FRAMES or len(timeline.frames) >= MOST_FRAMES // 2


def test_a_full_timeline_lets_every_second_frame_go() -> None:
    # 0 ... 399 are 400 frames; step 400 finds no room, is a multiple of 2 and is kept.
    assert kept(399).interval == 1
    assert steps(kept(400)) == list(range(0, 401, 2))


def test_a_run_that_began_elsewhere_keeps_its_first_moment() -> None:
    timeline = kept(2000, first_step=537)

    assert steps(timeline)[0] == 537
    assert set(np.diff(steps(timeline)[1:])) == {timeline.interval} == {4}
    assert all(step % 4 == 0 for step in steps(timeline)[1:])


def test_bytes_are_bounded_too() -> None:
    # 1000 parameters of 4 bytes: ten frames have room.
    timeline = kept(5000, n_parameters=1000, most_bytes=40_000)

    assert timeline.n_bytes == sum(f.parameters.nbytes for f in timeline.frames) <= 40_000
    assert 5 <= len(timeline.frames) <= 10
    assert set(np.diff(steps(timeline))) == {timeline.interval}


def test_two_frames_are_kept_however_large_they_are() -> None:
    timeline = kept(100, n_parameters=1000, most_bytes=1)

    assert steps(timeline) == [0, 64]


def test_no_bytes_keep_nothing_and_are_never_due() -> None:
    timeline = Timeline(most_bytes=0)

    assert timeline.due > 10**18


def test_what_is_cut_is_forgotten_and_the_next_multiple_is_due() -> None:
    timeline = kept(1000)
    assert timeline.interval == 4
    timeline.cut(402)

    assert steps(timeline) == list(range(0, 401, 4))
    assert timeline.due == 404
    assert timeline.n_bytes == 101 * 16


def test_frames_before_a_step_are_counted() -> None:
    timeline = kept(1000)

    assert [timeline.n_before(step) for step in (0, 1, 4, 5, 1000)] == [0, 1, 1, 2, 250]


def test_what_was_measured_belongs_to_the_frame_of_that_step_alone() -> None:
    timeline = kept(3)
    timeline.measured(2, Metrics(train_loss=9.0))
    timeline.measured(3, Metrics(train_loss=0.5))

    assert [f.metrics.train_loss for f in timeline.frames] == [None, None, None, 0.5]


def test_large_networks_begin_with_wider_steps() -> None:
    assert first_interval(121) == 1
    assert first_interval(101_770) == 8


def test_states_of_layers_count_as_bytes() -> None:
    held = Frame(0, 0, 0, np.zeros(10, np.float32), {"alive": np.ones(10, bool)})

    assert held.n_bytes == 50
