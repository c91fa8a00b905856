from __future__ import annotations

import json
import os
import random
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tui_nn
from tui_nn.commands.protocol.client import SessionError
from tui_nn.commands.protocol.conversation import Conversation
from tui_nn.commands.protocol.peers import MOST_UNREAD, Doors, Peer
from tui_nn.commands.protocol.requests import REQUESTS
from tui_nn.commands.protocol.schema import EVENTS, answer_shape, described, request_shape, schema
from tui_nn.commands.protocol.shapes import has_shape
from tui_nn.settings.config import Config
from tui_nn.training.session import Session
from tui_nn.training.trainer import Trainer

SMALL = Config(samples=60, batch_size=7, speed=None)
"""30 training samples, 5 steps an epoch."""
DOCS = Path(__file__).resolve().parents[3] / "docs" / "session.md"

Speak = Callable[..., list[dict[str, Any]]]


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def check(message: dict[str, Any], asked: Mapping[Any, str]) -> None:
    """Hold a message of a session against the schema."""
    if "type" in message:
        assert "id" not in message
        assert has_shape(message, EVENTS[message["type"]]), message
    elif message["ok"]:
        assert has_shape(message, answer_shape(REQUESTS[asked[message["id"]]])), message
    else:
        assert set(message) == {"id", "ok", "error"}
        assert "\n" not in message["error"]


def talk(sent: bytes, config: Config = SMALL) -> list[dict[str, Any]]:
    """Return all that a session says to what is sent, until the end of it."""
    theirs, ours = socket.socketpair()
    heard: list[bytes] = []

    def read() -> None:
        while data := ours.recv(1 << 16):
            heard.append(data)

    def write() -> None:
        with suppress(OSError):  # it has quit
            ours.sendall(sent)
        ours.shutdown(socket.SHUT_WR)

    threads = [threading.Thread(target=read), threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    doors = Doors(peer=Peer(theirs.fileno(), theirs.fileno(), theirs))
    try:
        session = Session(config, timeline_bytes=0)
        conversation = Conversation(session, doors)
        session.run(conversation.receive, conversation.publish)
    finally:
        doors.close()
        for thread in threads:
            thread.join()
        ours.close()
    return [json.loads(line, parse_constant=refuse) for line in b"".join(heard).splitlines()]


def speak(*requests: dict[str, Any], config: Config = SMALL) -> list[dict[str, Any]]:
    """Return all messages to some requests, which get their place as id; everything is held to the schema."""
    numbered = [{"id": index, **request} for index, request in enumerate(requests)]
    for request in numbered:
        assert has_shape(request, request_shape(REQUESTS[request["do"]])), request
    messages = talk("".join(json.dumps(request) + "\n" for request in numbered).encode(), config)
    for message in messages:
        check(message, {request["id"]: request["do"] for request in numbered})
    return messages


def answers(*requests: dict[str, Any], config: Config = SMALL) -> list[dict[str, Any]]:
    found = [message for message in speak(*requests, config=config) if "type" not in message]
    assert [answer["id"] for answer in found] == list(range(len(requests)))
    return found


def test_step_returns_loss_and_accuracy_after_the_step() -> None:
    trainer = Trainer(SMALL)
    trainer.advance()
    trainer.advance()
    metrics = trainer.measure()
    last = answers({"do": "step"}, {"do": "step"})[-1]

    assert last["step"] == 2
    assert last["train_loss"] == metrics.train_loss
    assert last["test_accuracy"] == metrics.test_accuracy


def test_a_run_of_some_epochs_is_told_to_its_end_and_is_the_run_of_train() -> None:
    trainer = Trainer(SMALL)
    for _ in range(20):
        trainer.advance()
    messages = speak({"do": "start", "epochs": 4})
    last = messages[-1]

    assert [m.get("type") for m in messages[:2]] == ["connected", None]
    assert messages[1]["status"] == "running"
    assert messages[-2]["type"] == "update"
    assert (last["type"], last["status"], last["steps"]) == ("training_complete", "finished", 20)
    assert last["train_loss"] == trainer.measure().train_loss


def test_a_second_start_and_a_step_are_busy_while_it_trains() -> None:
    found = answers(
        {"do": "start"}, {"do": "start"}, {"do": "start", "epochs": 2}, {"do": "step"}, {"do": "stop"}
    )

    assert [answer.get("error") for answer in found] == [None, "busy", "busy", "busy", None]
    assert found[-1]["status"] == "paused"


def test_a_run_that_is_stopped_is_complete_and_can_go_on() -> None:
    messages = speak({"do": "start"}, {"do": "stop"}, {"do": "start", "epochs": 1})
    ends = [message["status"] for message in messages if message.get("type") == "training_complete"]

    assert ends == ["interrupted", "finished"]


def test_quit_ends_the_session_whatever_comes_behind_it() -> None:
    messages = talk(b'{"id": 1, "do": "start"}\n{"id": 2, "do": "quit"}\n{"id": 3, "do": "health"}\n')

    assert [m["id"] for m in messages if "id" in m] == [1, 2]
    assert messages[-2]["status"] == "interrupted"


def test_the_state_can_be_had_while_it_trains() -> None:
    found = answers(
        {"do": "start"},
        {"do": "get-state", "with": ["weights", "activations", "history", "points", "surface", "gradients"]},
        {"do": "status"},
        {"do": "stop"},
    )
    state = found[1]

    assert state["status"] == "running"
    assert state["layer_sizes"] == [2, 4, 2, 1]
    assert [len(layer["values"]) for layer in state["activations"]] == [2, 4, 2, 1]
    assert np.array(state["weights"][1]["weights"]).shape == (4, 2)
    assert found[2]["training"] is True
    assert found[2]["batches"] == 5


def test_the_weights_answer_as_predict_does() -> None:
    weights, predicted = answers({"do": "get-weights"}, {"do": "predict", "inputs": [[0.5, -1.25], [2, 0]]})
    a = np.array([[0.5, -1.25], [2, 0]])
    *hidden, output = weights["layers"]
    for layer in hidden:
        a = np.tanh(a @ np.array(layer["weights"]) + np.array(layer["biases"]))
    ones = 1 / (1 + np.exp(-(a @ np.array(output["weights"]) + np.array(output["biases"]))[:, 0]))

    for expected, prediction in zip(ones, predicted["predictions"], strict=True):
        assert prediction["probabilities"] == pytest.approx([1 - expected, expected], abs=1e-6)
        assert prediction["class"] == int(expected > 0.5)


def test_the_weights_of_a_run_that_diverged_are_told_too() -> None:
    wild = SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
    found = answers(*[{"do": "step"}] * 60, {"do": "get-weights"}, {"do": "get-state"}, config=wild)

    assert [answer["ok"] for answer in found[-2:]] == [True, True]


def test_the_weights_are_those_of_an_export(call: Any, tmp_path: Path) -> None:
    path, words = str(tmp_path / "run.npz"), ("--samples", "60", "--batch-size", "7")
    call("train", *words, "--epochs", "2", "--save", path)
    exported = json.loads(call("export", path, "--format", "json").stdout)
    told = speak({"do": "start", "epochs": 2}) + speak(*[{"do": "step"}] * 10, {"do": "get-weights"})

    assert {name: value for name, value in told[-1].items() if name not in ("id", "ok")} == exported


def test_predict_takes_images_as_ink_and_a_regression_answers_with_values() -> None:
    digits = Config(dataset="digits", samples=100, hidden_sizes=(8,), speed=None)
    image = answers({"do": "predict", "inputs": [[0] * 784]}, config=digits)[0]
    value = answers({"do": "predict", "inputs": [[1, 2]]}, config=SMALL.replace(dataset="reg-plane"))[0]

    assert len(image["predictions"][0]["probabilities"]) == 10
    assert list(value["predictions"][0]) == ["value"]


def test_reset_gives_the_first_weights_of_a_seed_and_stops() -> None:
    found = answers(
        {"do": "get-weights"},
        {"do": "start"},
        {"do": "reset"},
        {"do": "get-weights"},
        {"do": "reset", "seed": 7},
        {"do": "get-weights"},
    )
    seven = Trainer(SMALL.replace(weights_seed=7)).network.layers[0].weights

    assert (found[2]["status"], found[2]["step"]) == ("paused", 0)
    assert found[3]["layers"] == found[0]["layers"]
    assert np.array_equal(np.float32(found[5]["layers"][0]["weights"]), seven)


def test_settings_change_while_it_trains() -> None:
    found = answers(
        {"do": "start"},
        {"do": "set-learning-rate", "value": 0.5},
        {"do": "set-batch-delay", "ms": 20},
        {"do": "set-architecture", "layers": [2, 6, 1]},
        {"do": "set", "name": "activation", "value": "relu"},
        {"do": "set", "name": "batch_size", "value": "full"},
        {"do": "set", "name": "hidden_sizes", "value": [3, 3]},
        {"do": "generate-data", "dataset": "xor", "samples": 100, "noise": 0.2, "seed": 9},
        {"do": "set-batch-delay", "ms": 0},
        {"do": "stop"},
    )

    assert found[1]["changed"] == {"learning_rate": 0.5}
    assert found[2]["changed"] == {"speed": 50.0}
    assert (found[3]["changed"], found[3]["layer_sizes"]) == ({"hidden_sizes": [6]}, [2, 6, 1])
    assert found[4]["changed"] == {"activation": "relu"}
    assert found[5]["changed"] == {"batch_size": None}
    assert found[6]["layer_sizes"] == [2, 3, 3, 1]
    assert found[7]["changed"] == {"dataset": "xor", "samples": 100, "noise": 0.2, "data_seed": 9}
    assert found[8]["changed"] == {"speed": None}


def test_data_without_a_seed_are_those_of_the_next_one() -> None:
    assert answers({"do": "generate-data"})[0]["changed"] == {"data_seed": 1}


def test_a_walk_goes_backward_where_it_is_told_the_answer() -> None:
    forward, back = answers(
        {"do": "walk", "input": [0.5, -1]}, {"do": "walk", "input": [0.5, -1], "answer": 1}
    )
    kinds = [stage["kind"] for stage in back["stages"]]

    assert "loss" not in [stage["kind"] for stage in forward["stages"]]
    assert kinds[0] == "input"
    assert "loss" in kinds


def test_a_rule_ends_a_run() -> None:
    stopped = SMALL.replace(stop_epochs=2)
    ended = speak({"do": "start", "epochs": 3}, config=stopped)[-1]

    assert (ended["status"], ended["epochs"]) == ("stopped", 2)


def test_a_run_that_diverged_is_told_so_and_refuses_to_go_on_until_reset() -> None:
    wild = SMALL.replace(optimizer="sgd", loss="mse", output_activation="linear", learning_rate=1e6)
    ended = speak({"do": "start", "epochs": 50}, config=wild)[-1]
    steps = answers(*[{"do": "step"}] * 60, {"do": "start"}, {"do": "reset"}, {"do": "step"}, config=wild)

    assert ended["status"] == "diverged"
    assert steps[58]["error"].startswith("it cannot go on: ")
    assert steps[60]["error"] == steps[58]["error"]
    assert steps[-1]["step"] == 1


def test_a_setting_that_does_nothing_is_no_reason_to_refuse() -> None:
    idle = SMALL.replace(regularization="l2", regularization_rate=0)
    found = answers(
        {"do": "start", "epochs": 1},
        {"do": "stop"},
        {"do": "set", "name": "regularization", "value": "none"},
        {"do": "set", "name": "regularization", "value": "l1"},
        config=idle,
    )

    assert [answer["ok"] for answer in found] == [True] * 4
    assert found[-1]["notices"]


def test_a_moment_that_is_paused_at_is_told_and_the_run_is_not_over() -> None:
    messages = speak({"do": "start", "epochs": 2}, config=SMALL.replace(pause_on=("first_backward",)))
    paused = [m["moment"] for m in messages if m.get("type") == "pause_moment" and m["paused"]]

    assert paused == ["first_backward"]
    assert "training_complete" not in {m.get("type") for m in messages}


def test_a_step_is_taken_where_a_moment_pauses_too() -> None:
    paused = SMALL.replace(pause_on=("first_forward", "first_backward"))

    assert [a["step"] for a in answers({"do": "step"}, {"do": "step"}, {"do": "step"}, config=paused)] == [
        1,
        2,
        3,
    ]


REFUSED = [
    ({"do": "fly"}, "do: fly is not allowed"),
    ({"do": 3}, "do: "),
    ({}, "do: "),
    ([], "a request is an object"),
    ({"do": "start", "epochs": 0}, "epochs: 0 is not allowed"),
    ({"do": "start", "epochs": True}, "epochs: True is not allowed"),
    ({"do": "start", "count": 3}, "count: start has no such field"),
    ({"do": "set-learning-rate"}, "value: set-learning-rate needs it"),
    ({"do": "set-learning-rate", "value": -1}, "value: -1 is not allowed"),
    ({"do": "set-learning-rate", "value": "fast"}, "value: 'fast' is not allowed"),
    ({"do": "set-batch-delay", "ms": -1}, "ms: -1 is not allowed"),
    ({"do": "set-architecture", "layers": [3, 4, 1]}, "layers: 3 first and 1 last is not allowed"),
    ({"do": "set-architecture", "layers": [2]}, "layers: this list is not allowed"),
    ({"do": "set-architecture", "layers": [2, 10**8, 1]}, "hidden_sizes"),
    ({"do": "set", "name": "color", "value": "16"}, "name: color is not allowed"),
    ({"do": "set", "name": "colour", "value": "16"}, "name: colour is not allowed"),
    ({"do": "set", "name": "noise", "value": 2}, "noise: 2 is not allowed"),
    ({"do": "set", "name": "hidden_sizes", "value": [[1]]}, "hidden_sizes"),
    ({"do": "set", "name": "optimizer", "value": None}, "optimizer"),
    ({"do": "generate-data", "dataset": "moon"}, "dataset: "),
    ({"do": "generate-data", "samples": 3}, "samples: 3 is not allowed"),
    ({"do": "predict", "inputs": [[1]]}, "inputs: 1 numbers are not allowed"),
    ({"do": "predict", "inputs": [[1, "a"]]}, "inputs: this list is not allowed"),
    ({"do": "predict", "inputs": []}, "inputs: this list is not allowed"),
    ({"do": "predict", "inputs": [[1e300, 1e300]]}, "inputs: "),
    ({"do": "walk", "input": [1, 2, 3]}, "input: 3 numbers are not allowed"),
    ({"do": "walk", "input": [1, 2], "answer": "blue"}, "answer: 'blue' is no class"),
    ({"do": "get-state", "with": ["colors"]}, "with: this list is not allowed"),
]


@pytest.mark.parametrize(("request_", "sentence"), REFUSED)
def test_what_cannot_be_is_answered_with_a_sentence_and_changes_nothing(request_: Any, sentence: str) -> None:
    asked = {"id": "x", **request_} if isinstance(request_, dict) else request_
    before, refused, after = (
        message
        for message in talk(
            b"\n".join([b'{"do": "get-state"}', json.dumps(asked).encode(), b'{"do": "get-state"}'])
        )
        if "type" not in message
    )

    assert refused["ok"] is False
    assert refused["error"].startswith(sentence)
    assert refused["id"] == ("x" if isinstance(request_, dict) else None)
    assert before == after


NO_JSON = [
    b"{",
    b"\xff\xfe",
    b"NaN",
    b'{"id": NaN}',
    b'{"id": 1e999, "do": "stop"}',
    b"[" * 100_000,
    b"9" * 5000,
]


@pytest.mark.parametrize("line", NO_JSON)
def test_a_line_that_is_no_message_is_answered_and_the_next_one_understood(line: bytes) -> None:
    found = [m for m in talk(line + b'\n\n  \r\n{"id": 5, "do": "health"}\n') if "type" not in m]

    assert [(answer["id"], answer["ok"]) for answer in found] == [(None, False), (5, True)]


def test_an_endless_line_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_nn.commands.protocol.peers.MOST_LINE", 100_000)
    found = talk(b"x" * 1_000_000 + b'\n{"id": 5, "do": "health"}\n')[1:]

    assert [(answer["id"], answer["ok"]) for answer in found] == [(None, False), (5, True)]


def test_who_writes_much_before_it_reads_is_answered_in_full() -> None:
    requests = [{"id": index, "do": "get-weights"} for index in range(4000)]
    sent = "".join(json.dumps(request) + "\n" for request in requests).encode()
    found = [message["id"] for message in talk(sent) if "type" not in message]

    assert MOST_UNREAD > 0
    assert found == list(range(4000))


def random_value(rng: random.Random) -> Any:
    simple = [
        None,
        True,
        0,
        1,
        -1,
        3,
        0.5,
        1e9,
        10**400,
        "",
        "full",
        "relu",
        "xor",
        "\ud800",
        "\x1b[2J",
        "8,8",
    ]
    return rng.choice(
        [
            rng.choice(simple),
            [rng.choice(simple) for _ in range(rng.randrange(4))],
            [[rng.random(), rng.random()]],
            [2, rng.randrange(1, 6), 1],
            {"a": rng.choice(simple)},
            rng.randrange(1, 200),
        ]
    )


def random_message(rng: random.Random, number: int) -> bytes:
    """Return a line: mostly a request with fields that may be wrong, sometimes bytes of any kind."""
    if rng.random() < 0.05:
        return bytes(rng.randrange(256) for _ in range(rng.randrange(30))).replace(b"\n", b" ")
    request = REQUESTS[rng.choice([name for name in REQUESTS if name != "quit"])]
    message: dict[str, Any] = {"id": number, "do": request.name}
    for name in [*request.fields, "more"]:
        if rng.random() < (0.02 if name == "more" else 0.9):
            message[name] = random_value(rng)
    if request.name == "set":
        message["name"] = rng.choice(list(Config().to_dict()))
    return json.dumps(message).encode()


def test_random_messages_are_all_answered_in_order() -> None:
    rng = random.Random(0)
    lines = [random_message(rng, number) for number in range(3000)]
    found = [m for m in talk(b"\n".join(lines) + b"\n") if "type" not in m]
    asked = {}
    for line in lines:
        with suppress(ValueError):
            message = json.loads(line)
            if isinstance(message, dict):
                asked[message.get("id")] = message.get("do")
    for message in found:
        check(message, asked)

    assert [m["id"] for m in found if m["id"] is not None] == [n for n in asked if n is not None]
    assert any(m["ok"] for m in found)


def test_the_schema_is_json_schema_and_every_message_is_valid_against_it() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    printed = json.loads(json.dumps(schema()))
    jsonschema.Draft202012Validator.check_schema(printed)
    asked = [
        {"do": "start", "epochs": 1},
        {"do": "status"},
        {"do": "walk", "input": [0, 1], "answer": 0},
        {"do": "predict", "inputs": [[0, 1]]},
        {"do": "get-state", "with": ["weights", "activations", "history", "points", "surface", "gradients"]},
        {"do": "get-weights"},
        {"do": "health"},
        {"do": "set", "name": "noise", "value": 5},
        {"do": "generate-data"},
        {"do": "quit"},
    ]

    def valid(message: dict[str, Any], kind: str) -> None:
        jsonschema.validate(message, {"$ref": f"#/$defs/{kind}", "$defs": printed["$defs"]})

    for index, message in enumerate(asked):
        valid({"id": index, **message}, f"{message['do']}-request")
    for message in speak(*asked):
        if "type" in message:
            valid(message, f"{message['type']}-event")
        else:
            valid(message, f"{asked[message['id']]['do']}-answer" if message["ok"] else "error")
    for wrong in ({"do": "start", "epochs": 0}, {"do": "fly"}, {"do": "walk"}, {"do": "health", "more": 1}):
        with pytest.raises(jsonschema.ValidationError):
            valid(wrong, "request")


def test_the_docs_list_every_request() -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert "\n".join(described()) in text


def test_the_schema_is_printed(call: Any) -> None:
    finished = call("session", "--schema")

    assert finished.status == 0
    assert json.loads(finished.stdout) == json.loads(json.dumps(schema()))


def begin(environment: Mapping[str, str], *flags: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tui_nn", "session", *flags],
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.fixture
def begun(command_environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = begin(command_environment)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("trains", [False, True])
def test_a_signal_ends_a_session(begun: Any, number: signal.Signals, trains: bool) -> None:
    begun.stdout.readline()
    if trains:
        begun.stdin.write(b'{"id": 1, "do": "start"}\n')
        begun.stdin.flush()
        while b'"update"' not in begun.stdout.readline():
            pass
    begun.send_signal(number)
    rest, told = begun.communicate(timeout=30)

    assert (begun.returncode, told) == (128 + number, b"")
    assert (b'"interrupted"' in rest) == trains


def test_a_reader_that_leaves_ends_a_session_quietly(begun: Any) -> None:
    begun.stdin.write(b'{"id": 1, "do": "start"}\n')
    begun.stdin.flush()
    begun.stdout.readline()
    begun.stdout.close()

    assert begun.wait(30) == 0
    assert begun.stderr.read() == b""


def until_listening(process: subprocess.Popen[bytes], path: Path) -> None:
    while process.poll() is None:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(path))
            return
    raise AssertionError(process.communicate())


def test_a_socket_is_its_owners_alone_serves_many_and_is_gone_at_the_end(
    command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "run.sock"
    process = begin(command_environment, "--socket", str(path))
    until_listening(process, path)
    mode = stat.S_IMODE(os.lstat(path).st_mode)
    with tui_nn.connect(socket=path) as first, tui_nn.connect(path) as second:
        first.ask("start")
        with pytest.raises(SessionError, match="busy"):
            second.ask("start")
        seen = next(event["type"] for event in second.events())
        again = begin(command_environment, "--socket", str(path))
        refused = again.communicate(timeout=30)
        second.ask("quit")
    told = process.communicate(timeout=30)

    assert mode == 0o600
    assert seen in ("update", "pause_moment")
    assert (again.returncode, refused[0]) == (1, b"")
    assert b"another session does" in refused[1]
    assert (process.returncode, told) == (0, (b"", b""))
    assert not path.exists()


def test_a_socket_that_was_left_is_taken_over_and_a_file_is_not(
    command_environment: Mapping[str, str], tmp_path: Path
) -> None:
    left, file = tmp_path / "left.sock", tmp_path / "file"
    with socket.socket(socket.AF_UNIX) as forgotten:
        forgotten.bind(str(left))
    file.write_text("mine")
    process = begin(command_environment, "--socket", str(left))
    until_listening(process, left)
    with tui_nn.connect(left) as client:
        client.ask("quit")
    refused = begin(command_environment, "--socket", str(file))

    assert process.wait(30) == 0
    assert refused.communicate(timeout=30)[1].startswith(b"tui-nn: ")
    assert (refused.returncode, file.read_text()) == (1, "mine")
    process.communicate()


def test_the_client_starts_a_session_of_its_own_and_ends_it() -> None:
    with tui_nn.connect(dataset="xor", hidden_sizes=(8,), learning_rate=0.1) as client:
        assert client.greeting["settings"]["hidden_sizes"] == [8]
        client.ask("start", epochs=3)
        record = client.wait()
        history = client.ask("get-state", with_=["history"])["history"]
        with pytest.raises(SessionError, match="noise: 2 is not allowed"):
            client.ask("set", name="noise", value=2)
        process = client._process

    assert (record["status"], record["epochs"]) == ("finished", 3)
    assert history["step"][-1] == record["steps"]
    assert process is not None
    assert process.returncode == 0
