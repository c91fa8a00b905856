"""Markdown of lessons as marked words."""

from __future__ import annotations

from tui_nn.lessons.text import KEY, PLAIN, STRONG, Word, words_of


def test_a_key_in_strong_words_is_marked_as_a_key() -> None:
    assert words_of("**Press [space].** Then look.") == [
        Word("Press", STRONG),
        Word("space", KEY),
        Word(".", STRONG, is_joined=True),
        Word("Then", PLAIN),
        Word("look.", PLAIN),
    ]
