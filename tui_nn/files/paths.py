"""What a person calls a file or folder, as an absolute path: from a flag, a prompt or the environment."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui_nn.files.errors import FileError

MOST_BYTES, MOST_BYTES_OF_A_NAME = 4095, 255
"""What Linux and macOS take."""
SHOWN = 160
"""Characters of a path that are repeated to a person."""


def full_path(text: str | Path) -> Path:
    """Return the absolute path of a file that need not be there; `~` stands for a home folder.

    Raises FileError: nothing given, no such user, a working folder that is gone, a name that cannot be.
    """
    given = str(text)
    if not given.strip():
        raise FileError("enter a file name")
    try:
        path = Path(given).expanduser().absolute()
        names = list(map(os.fsencode, path.parts))
    except RuntimeError:  # what pathlib raises for ~nobody
        user = given.partition("/")[0]
        why = f"there is no home folder {shown(user)}"
        raise FileError(f"{shown(given)} is no path here: {why}", why) from None
    except FileNotFoundError:
        why = "the folder this was started in is gone; a path from / on still works"
        raise FileError(f"{shown(given)} cannot be found: {why}", why) from None
    except OSError as error:
        raise FileError(f"{shown(given)} cannot be found: {error.strerror}", f"{error.strerror}") from None
    except UnicodeEncodeError:
        names = []
    if not names or "\0" in given:
        raise FileError(f"{shown(given)!a} is no name that a file can have", "no file can have that name")
    longest = max(map(len, names))
    if longest > MOST_BYTES_OF_A_NAME or sum(map(len, names)) + len(names) > MOST_BYTES:
        raise FileError(f"{shown(given)} is too long for the name of a file", "it is too long")
    return path


def shown(path: str | Path) -> str:
    """Return a path as messages repeat it: a long one without its middle."""
    text = str(path)
    if len(text) <= SHOWN:
        return text
    return f"{text[: SHOWN // 4]}...{text[-SHOWN // 4 :]}"


def near(text: str) -> str:
    """Return a path as a person would type it here: from the working folder if it is in it, or from home.

    Others learn no more of the folders of this machine than they need.
    """
    for folder, shown_as in ((Path.cwd(), Path()), (Path.home(), Path("~"))):
        with suppress(ValueError):
            return str(shown_as / Path(text).relative_to(folder))
    return text


def is_folder(path: str | Path) -> bool:
    """Return whether a folder is there that can be seen; never raises."""
    return os.path.isdir(path)


def make_folder(path: Path) -> None:
    """Make a folder, and those it lies in, unless it is there. Raises FileError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder {shown(path)} cannot be made: {error.strerror}") from None
