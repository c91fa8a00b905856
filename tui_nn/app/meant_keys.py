"""What a key means on a person's keyboard: by a map of keys, and by its position where letters are not Latin.

A field takes text as it is typed. What takes letters itself (the settings, a list, a canvas) gets them too;
there a map only adds keys that move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.widgets import Input

from tui_nn.settings.keymaps.keymap import Keymap
from tui_nn.settings.keymaps.names import character_of, name_of, write_key
from tui_nn.settings.keymaps.positions import BY_POSITION

if TYPE_CHECKING:
    from tui_nn.app.app import PlaygroundApp


class MeantKeys:
    """Translates what is typed into the keys that the program knows."""

    def __init__(self, app: PlaygroundApp, keymap: Keymap) -> None:
        self._app, self._keymap = app, keymap

    def __call__(self, event: Key) -> Key | None:
        """Return what a key means; None where it means nothing, which is said."""
        focused: Any = self._app.focused
        if isinstance(focused, Input):
            return event
        keymap, key, character = self._keymap, event.key, event.character or ""
        if key not in keymap.meant and not character.isascii():
            latin = BY_POSITION.get(character)
            if latin is None:
                self._app.tell(
                    f"{character} is no key here: keys are Latin letters; --keys FILE gives it one."
                )
                return None
            key = name_of(latin)
        if self._takes_letters(focused) and not keymap.moves(key):
            meaning: str | None = key
        else:
            meaning = keymap.meaning(key)
        if meaning is None:
            self._app.tell(f"{write_key(key)} does nothing in this map of keys; ? shows all.")
            return None
        return event if meaning == event.key else Key(meaning, character_of(meaning))

    def _takes_letters(self, focused: Any) -> bool:
        """Return whether letters are for what has the keyboard, or for a question, and not for actions."""
        return self._app.questions.is_open or any(
            getattr(part, "takes_letters", False) for part in (focused, self._app.screen)
        )
