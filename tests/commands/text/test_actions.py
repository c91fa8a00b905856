from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tui_nn.commands.text.actions import ACTIONS, find_action
from tui_nn.commands.text.key_words import WORD_OF_KEY, in_words
from tui_nn.commands.text.talking import unknown
from tui_nn.lessons.keys import NAMED
from tui_nn.settings.actions import ACTIONS as KEYS

DOCS = Path(__file__).parents[3] / "docs" / "text-mode.md"
OF_PICTURES = {
    "app.focus_next",
    "app.focus_previous",
    "screen.back",
    "screen.zoom",
    "screen.swap",
    "screen.show('test')",
    "screen.show('discrete')",
    "screen.show('truth')",
    "screen.show('log')",
    "screen.show('recent')",
    "screen.next_view",
    "screen.show('flow')",
    "ascii",
    "open('inside')",
    "open('space')",
    "screen.page(1)",
    "screen.page(-1)",
    "command_palette",
    "interrupt",
    "leave_at_once",
    "screen.hold('freeze')",
    "screen.hold('cut')",
    "screen.code",
}
"""Keys that say how a picture is drawn or which is shown, or whose words take what they are of."""


def test_every_key_of_the_screen_that_does_something_has_a_word() -> None:
    words = {action.word for action in ACTIONS}
    shown = {action.name: action.shown.split()[0] for action in KEYS if action.name not in OF_PICTURES}

    assert {name: key for name, key in shown.items() if WORD_OF_KEY.get(key) not in words} == {}


def test_what_is_left_out_is_still_a_key() -> None:
    assert {action.name for action in KEYS} >= OF_PICTURES


@pytest.mark.parametrize("word", ["repeat", "where", "quiet"])
def test_the_words_that_readers_need_are_there(word: str) -> None:
    found = find_action(word)

    assert found is not None
    assert found[0].word == word


def test_no_two_actions_have_the_same_name() -> None:
    names = [name for action in ACTIONS for name in (action.word, *action.others)]

    assert len(names) == len(set(names))


def test_the_longest_name_is_found_with_what_follows() -> None:
    found = find_action("compare seeds 4")

    assert found is not None
    assert (found[0].word, found[1]) == ("compare seeds", "4")


def test_capital_letters_are_keys_of_their_own() -> None:
    small, large = find_action("r"), find_action("R")

    assert small is not None
    assert large is not None
    assert (small[0].word, large[0].word) == ("reset", "new weights")


@pytest.mark.parametrize(("typed", "word"), [("verdit", "verdict"), ("quie", "quiet"), ("lesons", "lessons")])
def test_a_word_that_is_none_names_the_nearest(typed: str, word: str) -> None:
    assert f"The nearest word is {word}." in unknown(typed)


SENTENCES = {
    "Opened it at step 5. Press space to train, ; to replay it.": (
        "Opened it at step 5. type run to train, replay to replay it."
    ),
    "Try u (add a neuron), [ (lower the rate) or c l (choose a penalty).": (
        "Try add neuron (add a neuron), lower rate (lower the rate) or settings (choose a penalty)."
    ),
    "Stopped. space trains on from here, 9 returns to the latest step.": (
        "Stopped. run trains on from here, latest returns to the latest step."
    ),
    "It is there already. y writes over it, any other key leaves it.": (
        "It is there already. y writes over it, anything else leaves it."
    ),
}


@pytest.mark.parametrize(("sentence", "worded"), SENTENCES.items())
def test_sentences_that_name_keys_name_words(sentence: str, worded: str) -> None:
    assert in_words(sentence) == worded


def test_every_word_is_in_the_docs_with_what_it_takes() -> None:
    page = DOCS.read_text(encoding="utf-8")

    rows = dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", page, re.M))
    assert rows == {
        " ".join(filter(None, (a.word, a.takes.replace("|", " or ")))): a.help.replace("|", " or ")
        for a in ACTIONS
    }


def test_keys_that_lessons_name_have_words_or_are_typed_as_they_are() -> None:
    from tui_nn.lessons.course import read_course, shipped_folder
    from tui_nn.lessons.text import keys_named

    course = read_course(shipped_folder(), "en")
    texts = [
        text
        for lesson in course.lessons
        for step in lesson.steps
        for text in (step.body, step.after, *((step.task.words, *step.task.hints) if step.task else ()))
    ]

    named = {key for text in texts for _, key in keys_named(text)}

    assert len(named) > 10
    assert named - set(WORD_OF_KEY) <= {"a", "m", "v", *NAMED}  # how a picture is drawn, or which


def test_importing_text_mode_loads_no_textual() -> None:
    script = "import sys, tui_nn.commands.text.launch\nprint('textual' in sys.modules)"

    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ended.stdout == "False\n"
