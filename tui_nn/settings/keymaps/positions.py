"""Keys of Cyrillic and Greek layouts by their position: the Latin letter or sign that stands there.

No terminal tells which layout it is; these tables are those of the usual Russian one, with the letters that
Ukrainian and Belarusian have in other places, and of the usual Greek one. Signs that are
typed as such stay what they are.
"""

from __future__ import annotations

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_UPPER = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
_GREEK = ";ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,."


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for own in (_RUSSIAN, _GREEK):
        for typed, latin, upper in zip(own, _LATIN, _UPPER, strict=True):
            if not typed.isascii():
                found[typed] = latin
                if typed.upper() != typed and len(typed.upper()) == 1:
                    found.setdefault(typed.upper(), upper)
    found |= {
        "і": "s",
        "І": "S",
        "ї": "]",
        "Ї": "}",
        "є": "'",
        "Є": '"',
        "ў": "o",
        "Ў": "O",
        "ё": "`",
        "Ё": "~",
    }
    return found | {"Σ": "S", "№": "#", "΄": ";", "¨": ":"}


BY_POSITION = _table()
"""The character of a Latin layout, by that of another one."""
