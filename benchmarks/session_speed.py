"""How fast does a session answer? Pipelined while it stands, one by one while it trains; and random lines.

python benchmarks/session_speed.py [--requests 50000] [--asked 500] [--random 0]

Prints requests a second (health, status and predict by turns, written without waiting for answers), the p50
and p95 in milliseconds of answers while a network trains flat out, and what random messages led to. The exit
status is 1 where 5,000 a second or 10 ms are missed, or a message had no answer.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tui_nn.commands.protocol.requests import REQUESTS
from tui_nn.settings.config import Config

ROOT = Path(__file__).resolve().parents[1]
SMALL = [{"do": "health"}, {"do": "status"}, {"do": "predict", "inputs": [[0.5, -1.2]]}]


def begin(*flags: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tui_nn", "session", *flags]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def pipelined(count: int) -> float:
    """Return requests answered in a second by a session that stands."""
    session = begin()
    session.stdout.readline()
    lines = [json.dumps({"id": i, **SMALL[i % len(SMALL)]}) + "\n" for i in range(count)]
    sent = "".join(lines).encode()
    began = time.perf_counter()
    writer = threading.Thread(target=lambda: (session.stdin.write(sent), session.stdin.flush()))
    writer.start()
    answered = 0
    while answered < count:
        answered += b'"id"' in session.stdout.readline()
    taken = time.perf_counter() - began
    writer.join()
    session.communicate()
    return count / taken


def while_training(count: int) -> list[float]:
    """Return the milliseconds that answers took while it trained."""
    session = begin("--hidden", "8,8", "--batch-size", "32")
    session.stdout.readline()
    taken = []

    def ask(message: dict) -> None:
        began = time.perf_counter()
        session.stdin.write((json.dumps(message) + "\n").encode())
        session.stdin.flush()
        while b'"id"' not in session.stdout.readline():
            pass
        taken.append(1000 * (time.perf_counter() - began))

    ask({"id": "start", "do": "start"})
    taken.clear()
    pause = random.Random(0)
    for index in range(count):
        ask({"id": index, **SMALL[index % len(SMALL)]})
        time.sleep(pause.uniform(0, 0.01))
    session.communicate(b'{"do": "quit"}\n')
    return taken


def random_line(rng: random.Random, number: int) -> bytes:
    texts = ["", "full", "relu", "xor", "spiral", "\ud800", "\x1b[2J", "8,8", "none", "adam", "l2"]
    simple = [None, True, 0, 1, -1, 3, 0.5, 1e9, 10**400, *texts]
    values = [
        lambda: rng.choice(simple),
        lambda: [rng.choice(simple) for _ in range(rng.randrange(4))],
        lambda: [[rng.uniform(-9, 9), rng.uniform(-9, 9)]],
        lambda: [2, *(rng.randrange(1, 9) for _ in range(rng.randrange(3))), 1],
        lambda: rng.randrange(1, 300),
        lambda: {"a": rng.choice(simple)},
    ]
    if rng.random() < 0.05:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(40))).replace(b"\n", b" ")
    request = REQUESTS[rng.choice([name for name in REQUESTS if name != "quit"])]
    message = {"id": number, "do": request.name}
    message |= {name: rng.choice(values)() for name in request.fields if rng.random() < 0.9}
    if request.name == "set":
        message["name"] = rng.choice(list(Config().to_dict()))
    return json.dumps(message).encode()


def survived(count: int) -> tuple[int, int, int, int]:
    """Return how many random lines were answered, carried out, and had an id; then the exit status."""
    rng = random.Random(1)
    lines = [random_line(rng, number) for number in range(count)]
    with_id = sum(line.startswith(b'{"id"') for line in lines)
    session = begin("--samples", "60")
    sent = b"\n".join(lines) + b"\n"
    heard, _ = session.communicate(sent)
    answers = [m for line in heard.splitlines() if "type" not in (m := json.loads(line))]
    in_order = [m["id"] for m in answers if m["id"] is not None]
    assert in_order == sorted(in_order)
    return len(in_order), sum(m["ok"] for m in answers), with_id, session.returncode


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--asked", type=int, default=500)
    parser.add_argument("--random", type=int, default=0, help="random messages, such as 100000")
    arguments = parser.parse_args()
    rate = pipelined(arguments.requests)
    taken = while_training(arguments.asked)
    p95 = statistics.quantiles(taken, n=20)[-1]
    found = {
        "requests_per_s": round(rate),
        "p50_ms": round(statistics.median(taken), 2),
        "p95_ms": round(p95, 2),
    }
    is_good = rate >= 5000 and p95 <= 10
    if arguments.random:
        answered, done, sent, status = survived(arguments.random)
        found |= {"random": sent, "answered": answered, "carried_out": done, "exit": status}
        is_good &= answered == sent and status == 0
    print(json.dumps(found))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
