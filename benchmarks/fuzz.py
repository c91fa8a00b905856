"""Does anything that is typed end the app, hang it, or leave the terminal changed?

    python benchmarks/fuzz.py [--actions 20000] [--screen NAME] [--seed 0] [--leave-s 2] [--json]

Types random keys, bursts of them, pastes and broken sequences, and changes the window, in a real
pseudo-terminal, on every screen. After 400 actions ctrl+q must end it, with the terminal as it was, and
another one begins. A fault is a traceback, an exit that is no way to leave, no answer to a changed window
within 10 s, more than 2 s to leave, or a terminal that is not restored. The exit status is 1 if there was
one; what was typed before it is printed, and the seed types it again.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCREENS = {
    "playground": ((), ""),
    "digits": (("--screen", "digits"), ""),
    "adversarial": (("--screen", "digits"), "vvvv"),
    "space": (("--screen", "space"), ""),
    "neuron": (("--screen", "inside"), ""),
    "walk": (("--screen", "inside"), "m"),
    "layers": (("--screen", "inside"), "m" * 2),
    "hidden": (("--screen", "inside"), "m" * 3),
    "landscape": (("--screen", "inside"), "m" * 4),
    "moments": (("--screen", "inside"), "m" * 5),
    "ablation": (("--screen", "inside"), "M"),
}
"""A screen, the flags that open it, and the keys that lead to its page."""
ACTIONS_A_SESSION = 400
ACTIONS_A_LOOK = 40
"""So often the window is changed, and an answer awaited."""
ANSWER_S, START_S, GIVE_UP_S = 10.0, 30.0, 20.0
QUERY = b"\x1b[6n"
FORGOTTEN = ("TUI_NN_", "TEXTUAL")
LEFT = (0, 130)
"""Exit statuses of one who chose to leave; the list of commands holds that too."""

_CODES = "[A [B [C [D [H [F [5~ [6~ [2~ [3~ [Z [1;2A [1;5C [1;3B OP OQ [24~ [I [O [<0;9;9M [<64;3;3M"
KEYS = (
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0789.,;:[]{}<>+-=!?_ ()\t\r\r\r\x7f\x1a\x19é漢",
    *(f"\x1b{code}" for code in _CODES.split(" ")),
)
"""What is pressed: not q, not ctrl+c, and nothing that leads files out of the folder."""
SCREEN_KEYS = tuple("123456")
PIECES = (
    *"\x1b\x1b\x1b[O]P_0129;;:<>?$!MmuytRAI\x07\\\x00\x7f a",
    *("\x9b", "1114112u", "[97;2:3u", "[:D", "[48;0;0;0;0t", "[48;2000;2000;1;1t", "[48;9;9;9;9t"),
    *("[<5;99;99M", "[200", "[201", "[1;1R", "[999;999R", "9" * 40, "[[", "]11;rgb:", "P1+r", "_G"),
    *("[55296u", "[?2048;1$y"),
)


class FaultError(Exception):
    """What must not happen."""


class Session:
    """One run of the app in a pseudo-terminal of its own."""

    def __init__(self, words: tuple[str, ...], size: tuple[int, int], folder: Path) -> None:
        self.tail = b""
        """The last that was written."""
        self.n_read = 0
        self._master, slave = pty.openpty()
        self.size = (0, 0)
        """Columns and rows of the window."""
        self.resize(*size)
        self.modes = termios.tcgetattr(slave)
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("TUI_NN_", "TEXTUAL"))
        }
        nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "HOME": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui_nn", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env={**kept, **usual, **nowhere, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder)},
            start_new_session=True,
        )
        os.close(slave)

    def resize(self, columns: int, rows: int) -> None:
        """Change the window."""
        self.size = (columns, rows)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        """Send text, taking what comes back meanwhile."""
        data = text.encode(errors="surrogateescape")
        while data:
            self.read(0.0)
            _, writable, _ = select.select([], [self._master], [], 0.01)
            if writable:
                data = data[os.write(self._master, data[:256]) :]

    def read(self, wait_s: float) -> bool:
        """Take what is written within so many seconds; return whether there was anything."""
        if not select.select([self._master], [], [], wait_s)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        for _ in range((self.tail[1 - len(QUERY) :] + data).count(QUERY)):
            os.write(self._master, b"\x1b[1;1R")
        self.tail = (self.tail + data)[-20_000:]
        self.n_read += len(data)
        return True

    def rest(self, seconds: float) -> None:
        """Take what is written for so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)
            if self.process.poll() is not None:
                return

    def has_ended(self) -> bool:
        """Return whether it has been left; raise a fault if it ended in another way."""
        status = self.process.poll()
        if b"Traceback" in self.tail or b"Traceback" in re.sub(rb"\x1b\[[0-9;]*m", b"", self.tail):
            raise FaultError(f"a traceback: {self.words()}")
        if status is None:
            return False
        while self.read(0.1):
            pass
        if status not in LEFT:
            raise FaultError(f"exit status {status}: {self.words()}")
        return True

    def words(self) -> str:
        """Return the last that was written, without colors."""
        return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", self.tail)[-1500:].decode(errors="replace")

    def begin(self) -> None:
        """Wait for the first picture."""
        end = time.monotonic() + START_S
        while QUERY not in self.tail:
            self.read(0.1)
            if time.monotonic() > end or self.has_ended():
                raise FaultError(f"it does not start: {self.words()}")

    def look(self, rng: random.Random) -> None:
        """Change the window, and wait until it is drawn."""
        before = self.n_read
        size = random_size(rng)
        while size == self.size:  # which would be no change
            size = random_size(rng)
        self.resize(*size)
        end = time.monotonic() + ANSWER_S
        while self.n_read == before:
            self.read(0.1)
            if self.has_ended():
                return
            if time.monotonic() > end:
                raise FaultError("no answer to a changed window")

    def leave(self) -> float:
        """Press ctrl+q; return the seconds until it is gone, with the terminal as it was."""
        began = time.monotonic()
        self.type("\x11")
        while self.process.poll() is None:
            self.read(0.01)
            if time.monotonic() > began + GIVE_UP_S:
                raise FaultError("ctrl+q does not end it")
        took = time.monotonic() - began
        self.has_ended()
        self.check_terminal()
        return took

    def check_terminal(self) -> None:
        """Raise a fault unless the terminal is as it was."""
        _, left, after = self.tail.rpartition(b"\x1b[?1049l")
        if termios.tcgetattr(self._master) != self.modes:
            raise FaultError("the line is left raw")
        if not left or b"\x1b[?25h" not in after or b"\x1b[<u" not in self.tail:
            raise FaultError(f"the screen is left changed: {self.tail[-200:]!r}")

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._master)

    def close(self) -> None:
        """End what is left."""
        self.process.kill()
        self.process.wait()
        self.hang_up()


def random_size(rng: random.Random) -> tuple[int, int]:
    """Return the size of a window: a usual one, any, or a hostile one."""
    usual, hostile = ((80, 24), (120, 36), (100, 30), (60, 20)), ((1, 1), (4, 24), (20, 5), (3000, 2), (0, 0))
    kind = rng.random()
    if kind < 0.75:
        return rng.choice(usual)
    return (rng.randint(1, 160), rng.randint(1, 60)) if kind < 0.95 else rng.choice(hostile)


def random_text(rng: random.Random) -> str:
    """Return what one action types."""
    kind = rng.random()
    if kind < 0.55:
        return rng.choice(KEYS)
    if kind < 0.75:
        return "".join(rng.choices(KEYS, k=rng.randint(2, 20)))
    if kind < 0.77:
        return rng.choice(SCREEN_KEYS)
    if kind < 0.87:
        end = "\x1b[201~" if rng.random() < 0.8 else ""
        return "\x1b[200~" + "".join(rng.choices("0123456789.-eE ,\n\t[]aé", k=rng.randint(0, 60))) + end
    return "\x1b" + "".join(rng.choices(PIECES, k=rng.randint(1, 4)))


def act(session: Session, rng: random.Random) -> str:
    """Do something; return what."""
    kind = rng.random()
    if kind < 0.06:
        size = random_size(rng)
        session.resize(*size)
        return f"resize {size}"
    if kind < 0.12:
        session.rest(rng.choice((0.02, 0.12, 0.3)))
        return "wait"
    text = random_text(rng)
    session.type(text)
    return repr(text)


def play(screen: str, n_actions: int, seed: int, folder: Path, most_s: float) -> dict[str, float]:
    """Do random things on a screen; return what was counted. Raises FaultError."""
    words, keys = SCREENS[screen]
    done, sessions, left_by_itself, slowest = 0, 0, 0, 0.0
    while done < n_actions:
        rng = random.Random(f"{screen} {seed} {sessions}")
        session = Session(words, random_size(rng) if sessions else (80, 24), folder)
        sessions += 1
        typed: list[str] = []
        try:
            session.begin()
            session.type(keys)
            for number in range(min(ACTIONS_A_SESSION, n_actions - done)):
                typed.append(act(session, rng))
                session.rest(0.004)
                done += 1
                if number % ACTIONS_A_LOOK == ACTIONS_A_LOOK - 1:
                    session.look(rng)
                if session.has_ended():
                    break
            if session.process.poll() is None:
                slowest = max(slowest, session.leave())
                if slowest > most_s:
                    raise FaultError(f"ctrl+q took {slowest:.1f} s")
            else:
                left_by_itself += 1
                session.check_terminal()
        except FaultError as fault:
            raise FaultError(
                f"{screen}, session {sessions}, action {done}: {fault}\nafter: {typed[-60:]}"
            ) from None
        finally:
            session.close()
    return {
        "actions": done,
        "sessions": sessions,
        "left": left_by_itself,
        "slowest_leave_s": round(slowest, 2),
    }


def main() -> int:
    """Play, print, and say whether there was a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--actions", type=int, default=20_000, help="on each screen")
    parser.add_argument("--screen", choices=SCREENS, action="append")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--leave-s", type=float, default=2.0, help="so long ctrl+q may take")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, dict[str, float]] = {}
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for screen in options.screen or SCREENS:
            try:
                found[screen] = play(screen, options.actions, options.seed, Path(folder), options.leave_s)
            except FaultError as fault:
                faults.append(str(fault))
            if not options.json:
                print(screen, found.get(screen) or faults[-1], flush=True)
    if options.json:
        print(json.dumps({"screens": found, "faults": faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
