from __future__ import annotations

from itertools import pairwise

from tui_nn.commands.text.voice import Voice


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def make() -> tuple[Voice, list[str], Clock]:
    said: list[str] = []
    clock = Clock()
    return Voice(said.append, clock), said, clock


def test_what_nobody_asked_for_is_said_at_most_once_a_second() -> None:
    voice, said, clock = make()
    times: list[float] = []

    for tick in range(100):
        clock.now = tick / 10
        voice.tell(f"line {tick}")
        times += [clock.now] * (len(said) - len(times))

    gaps = [after - before for before, after in pairwise(times)]
    assert len(said) == 10
    assert min(gaps) >= 1.0


def test_an_answer_is_said_at_once() -> None:
    voice, said, _ = make()

    with voice.answering():
        for number in range(20):
            voice.tell(f"answer {number}")

    assert len(said) == 20


def test_a_later_line_of_one_topic_takes_the_place_of_one_that_waits() -> None:
    voice, said, clock = make()
    voice.tell("first")
    voice.tell("epoch 1", topic="training")
    voice.tell("epoch 2", topic="training")

    clock.now = 5.0
    voice.take_turn()

    assert said == ["first", "epoch 2"]


def test_nothing_is_said_while_it_is_quiet_and_nothing_is_lost() -> None:
    voice, said, clock = make()
    voice.is_quiet = True
    voice.tell("Stopped: a rule says so.")
    clock.now = 60.0
    voice.take_turn()
    assert said == []

    with voice.answering():
        voice.say_news()

    assert said == ["Stopped: a rule says so."]


def test_lines_hold_no_control_no_box_and_no_braille() -> None:
    voice, said, _ = make()

    with voice.answering():
        voice.say("a\x1b[31mb │ ▀ ⣿ → c\u202e", "p ← p − r")

    assert said == ["a\\x1b[31mb to c\\u202e", "p becomes p - r"]
