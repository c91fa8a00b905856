from __future__ import annotations

from typing import Any

import pytest

from tui_nn.training.pace import MOST_BEHIND_S, Pace


def steps_in(pace: Pace, clock: Any, seconds: float, begin: int = 0, tick_s: float = 0.001) -> int:
    """Take every step that is due on a clock that goes on by small ticks; return the number of the last."""
    step, ends = begin, clock.now + seconds
    while clock.now < ends:
        while pace.is_due(step, clock.now):
            step += 1
        clock.now += tick_s
    return step


def test_the_first_step_is_due_at_once(clock: Any) -> None:
    assert Pace(clock, 10).is_due(0, clock())


def test_the_second_step_is_due_one_interval_later(clock: Any) -> None:
    pace = Pace(clock, 10)

    assert not pace.is_due(1, 0.099)
    assert pace.is_due(1, 0.101)


@pytest.mark.parametrize("speed", [1, 10, 300, 3000])
def test_a_set_speed_is_kept(clock: Any, speed: float) -> None:
    assert steps_in(Pace(clock, speed), clock, 5) == pytest.approx(5 * speed, abs=max(1, speed / 500))


def test_flat_out_every_step_is_due_at_once(clock: Any) -> None:
    pace = Pace(clock, None)

    assert all(pace.is_due(step, clock()) for step in range(100))
    assert pace.wait_s() == 0


def test_the_wait_lasts_until_the_next_step_is_due(clock: Any) -> None:
    pace = Pace(clock, 10)
    pace.is_due(1, clock())
    clock.now = 0.03

    assert pace.wait_s() == pytest.approx(0.07)


def test_the_wait_is_never_below_zero(clock: Any) -> None:
    pace = Pace(clock, 10)
    clock.now = 5

    assert pace.wait_s() == 0


def test_a_trainer_that_fell_behind_does_not_race_to_catch_up(clock: Any) -> None:
    pace = Pace(clock, 100)
    clock.now = 60  # stopped for a minute: 6000 steps behind
    step = 0
    while pace.is_due(step, clock.now):
        step += 1

    assert step <= 100 * MOST_BEHIND_S + 1


def test_another_speed_begins_a_new_schedule(clock: Any) -> None:
    pace = Pace(clock, 1)
    step = steps_in(pace, clock, 10)
    pace.set_speed(100, step)

    assert steps_in(pace, clock, 1, step) - step == pytest.approx(100, abs=1)


def test_the_same_speed_leaves_the_schedule_alone(clock: Any) -> None:
    pace = Pace(clock, 1)
    pace.is_due(1, clock())
    clock.now = 0.5
    pace.set_speed(1, 1)

    assert not pace.is_due(1, clock.now)


def test_the_speed_reached_is_measured_over_the_last_second(clock: Any) -> None:
    pace = Pace(clock, None)
    step = 0
    for speed in (1000, 50):
        for _ in range(30):
            clock.now += 0.1
            step += speed // 10
            pace.is_due(step, clock.now)
            measured = pace.measured()

        assert measured == pytest.approx(speed)


def test_no_speed_is_measured_before_any_time_has_passed(clock: Any) -> None:
    assert Pace(clock, None).measured() == 0
