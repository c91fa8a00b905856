"""The three commands of the README on this machine: a cluster, what happens to it, and no cluster."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")

README = Path(__file__).parents[2] / "README.md"
PATIENCE_S = 120
QUIET = ["--no-dashboard", "--death-timeout", str(PATIENCE_S)]
ONE_PROCESS = ["--no-nanny", *QUIET]
ALONE = ["--activation", "tanh,relu", "--hidden", "40,40", "--batch-size", "full", "--samples", "4000"]
"""Settings whose runs cannot be stacked, so that each ends by itself."""


def the_lines() -> list[list[str]]:
    """Return the commands of the README, with a port that is free here."""
    (block,) = re.findall(r"<!-- dask-lines -->\n```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return [shlex.split(line.replace("8786", str(port))) for line in block.splitlines()]


@pytest.fixture
def environment(command_environment: Mapping[str, str], tmp_path: Path) -> dict[str, str]:
    scripts = str(Path(sys.executable).parent)
    return {
        **command_environment,
        "PYTHONWARNINGS": "default",
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
    }


class Started:
    """Processes in groups of their own."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        self._environment, self._folder = environment, folder
        self._all: list[subprocess.Popen[str]] = []

    def serve(self, words: list[str], until: str) -> subprocess.Popen[str]:
        """Start what goes on by itself, and wait until it has said something."""
        log = self._folder / f"{len(self._all)}.log"
        with log.open("w") as file:
            process = self._start(words, stdout=file, stderr=subprocess.STDOUT)
        last = time.monotonic() + PATIENCE_S
        while until not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < last, log.read_text()
            time.sleep(0.02)
        return process

    def run(self, words: list[str]) -> subprocess.Popen[str]:
        """Start what ends by itself."""
        return self._start(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def _start(self, words: list[str], **streams: Any) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            words, env=self._environment, cwd=self._folder, text=True, start_new_session=True, **streams
        )
        self._all.append(process)
        return process

    def close(self) -> None:
        for process in self._all:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def started(environment: dict[str, str], tmp_path: Path) -> Iterator[Started]:
    with closing(Started(environment, tmp_path)) as processes:
        yield processes


def wait_for_lines(journal: Path, count: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while not journal.exists() or journal.read_bytes().count(b"\n") < count:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_the_three_commands_of_the_readme_survive_a_worker_that_is_killed(
    started: Started, tmp_path: Path
) -> None:
    scheduler, worker, sweep = the_lines()
    journal = tmp_path / "journal"
    started.serve([*scheduler, "--no-dashboard"], "Scheduler at")
    workers = [started.serve([*worker, *QUIET], "Registered to") for _ in range(2)]
    running = started.run([*sweep, *ALONE, "--epochs", "60", "--json", "--journal", str(journal)])
    wait_for_lines(journal, 3)

    os.killpg(workers[0].pid, signal.SIGKILL)
    stdout, stderr = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 0, stderr
    assert "30 runs, 2 workers: about" in stderr
    rows = json.loads(stdout)["runs"]
    assert [(row["learning_rate"], row["seed"]) for row in rows] == [
        (rate, seed) for rate in (0.003, 0.01, 0.03) for seed in range(10)
    ]
    assert {row["status"] for row in rows} == {"finished"}
    keys = [json.loads(line)["key"] for line in journal.read_text().splitlines()[1:]]
    assert len(keys) == len(set(keys)) == 30


def test_a_scheduler_that_goes_away_ends_the_sweep_with_what_it_has(started: Started, tmp_path: Path) -> None:
    scheduler, worker, sweep = the_lines()
    journal = tmp_path / "journal"
    cluster = started.serve([*scheduler, "--no-dashboard"], "Scheduler at")
    started.serve([*worker, "--no-dashboard"], "Registered to")
    running = started.run([*sweep, "--epochs", "3000", "--json", "--journal", str(journal)])
    wait_for_lines(journal, 2)

    os.killpg(cluster.pid, signal.SIGKILL)
    stdout, stderr = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 1
    *_, last = stderr.splitlines()
    n_ended = journal.read_bytes().count(b"\n") - 1
    assert last == (
        f"tui-nn: the cluster at {sweep[-1]} is no longer there: {n_ended} runs have ended; "
        "the same command goes on from the journal"
    )
    assert len(json.loads(stdout)["runs"]) == n_ended


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("tcp://127.0.0.1:1", "tui-nn: no Dask scheduler can be used at tcp://127.0.0.1:1: "),
        ("tcp://nowhere", "tui-nn: --scheduler: tcp://nowhere is not allowed; tcp://HOST:PORT, "),
        ("nothing.json", "nothing.json cannot be read: No such file or directory"),
        (
            "tls://127.0.0.1:1",
            "tui-nn: no Dask scheduler can be used at tls://127.0.0.1:1: it takes certificates, and "
            "distributed.comm.tls in Dask's configuration names none",
        ),
    ],
)
def test_a_cluster_that_is_not_there_is_said_in_a_line(place: str, sentence: str, call: Any) -> None:
    finished = call("sweep", "--seeds", "2", "--scheduler", place)

    assert (finished.status, finished.stdout) == (1, "")
    assert finished.stderr.count("\n") == 1
    assert sentence in finished.stderr


def test_a_server_that_is_no_scheduler_is_not_waited_for(call: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        finished = call("sweep", "--seeds", "2", "--scheduler", place)

    assert finished.status == 1
    assert finished.stderr.startswith(f"tui-nn: no Dask scheduler can be used at {place}: ")


def test_a_file_that_no_scheduler_wrote_is_said(call: Any, tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text("[1]")

    assert (
        "it is no file of a Dask scheduler" in call("sweep", "--seeds", "2", "--scheduler", str(file)).stderr
    )


@pytest.fixture
def certificates(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Make a certificate and a configuration of Dask that names it; return an environment that has it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate")
    key, certificate, folder = (tmp_path / name for name in ("key.pem", "certificate.pem", "dask"))
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=tui-nn-test"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *words, *files], check=True, capture_output=True)
    folder.mkdir()
    pair = {"cert": str(certificate), "key": str(key)}
    tls = {"ca-file": str(certificate), **dict.fromkeys(("scheduler", "worker", "client"), pair)}
    comm = {"require-encryption": True, "tls": tls}
    (folder / "tls.yaml").write_text(json.dumps({"distributed": {"comm": comm}}))  # JSON is YAML
    return {**environment, "DASK_CONFIG": str(folder)}


def test_tls_takes_its_certificates_from_the_configuration_of_dask(
    certificates: dict[str, str], tmp_path: Path
) -> None:
    with closing(Started(certificates, tmp_path)) as started:
        _, worker, sweep = the_lines()
        address = sweep[-1].replace("tcp:", "tls:")
        port = address.rpartition(":")[2]
        started.serve(
            ["dask", "scheduler", "--host", "tls://127.0.0.1", "--port", port, "--no-dashboard"],
            "Scheduler at",
        )
        started.serve([*worker[:2], address, "--nthreads", "1", *ONE_PROCESS], "Registered to")
        words = ["tui-nn", "sweep", "--seeds", "3", "--epochs", "2", "--json", "--scheduler"]

        trained = started.run([*words, address])
        stdout, stderr = trained.communicate(timeout=PATIENCE_S)
        assert trained.returncode == 0, stderr
        assert [row["status"] for row in json.loads(stdout)["runs"]] == ["finished"] * 3

        refused = started.run([*words, address.replace("tls:", "tcp:")])
        _, stderr = refused.communicate(timeout=PATIENCE_S)
        assert refused.returncode == 1
        assert "encryption required" in stderr


def test_certificates_that_are_not_there_are_said(call: Any) -> None:
    import dask

    named = dict.fromkeys(("ca-file", "client.cert", "client.key"), "/nowhere/a.pem")
    with dask.config.set({f"distributed.comm.tls.{name}": place for name, place in named.items()}):
        finished = call("sweep", "--seeds", "2", "--scheduler", "tls://127.0.0.1:1")

    assert finished.status == 1
    assert finished.stderr == (
        "tui-nn: no Dask scheduler can be used at tls://127.0.0.1:1: distributed.comm.tls in Dask's "
        "configuration names certificates that cannot be used: ca-file is /nowhere/a.pem, and that is "
        "not there\n"
    )


def test_ctrl_c_takes_back_what_has_not_begun_and_keeps_what_has_ended(
    started: Started, tmp_path: Path
) -> None:
    scheduler, worker, sweep = the_lines()
    journal = tmp_path / "journal"
    started.serve([*scheduler, "--no-dashboard"], "Scheduler at")
    started.serve([*worker, *ONE_PROCESS], "Registered to")
    words = [*sweep, *ALONE, "--epochs", "60", "--json", "--journal", str(journal)]
    running = started.run(words)
    wait_for_lines(journal, 3)

    os.kill(running.pid, signal.SIGINT)
    stdout, stderr = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 130, stderr
    n_ended = journal.read_bytes().count(b"\n") - 1
    assert 2 <= n_ended < 30
    assert len(json.loads(stdout)["runs"]) == n_ended
    again = started.run(words)
    stdout, stderr = again.communicate(timeout=PATIENCE_S)
    assert again.returncode == 0, stderr
    assert f"30 runs ({n_ended} in the journal), 1 worker" in stderr
    assert len(json.loads(stdout)["runs"]) == 30


LIKE_NO_OTHER = {
    "bare": """
import sys
class Refuses:
    def find_spec(self, name, *others):
        if name.partition(".")[0] == "tui_nn":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Refuses())
""",
    "old": "import tui_nn\ntui_nn.__version__ = '0.0.9'\n",
    "young": "import platform\nplatform.python_version = lambda: '3.99.1'\n",
}
"""What makes a worker of this machine like one without the package, of another version, of another Python."""


def test_workers_that_are_like_no_other_are_named_and_the_others_train(
    started: Started, tmp_path: Path
) -> None:
    scheduler, worker, sweep = the_lines()
    started.serve([*scheduler, "--no-dashboard"], "Scheduler at")
    for name, script in LIKE_NO_OTHER.items():
        (tmp_path / f"{name}.py").write_text(script)
        preload = ["--preload", str(tmp_path / f"{name}.py"), "--name", name]
        started.serve([*worker, *ONE_PROCESS, *preload], "Registered to")

    running = started.run([*sweep, "--epochs", "2", "--json"])
    stdout, stderr = running.communicate(timeout=PATIENCE_S)

    assert running.returncode == 0, stderr
    assert {row["status"] for row in json.loads(stdout)["runs"]} == {"finished"}
    assert re.search(r"worker bare \(tcp://\S+\) has no tui-nn \S+, which has to be installed there", stderr)
    assert re.search(r"worker old \(tcp://\S+\) has tui-nn 0\.0\.9, and this is ", stderr)
    assert re.search(r"worker young \(tcp://\S+\) has Python 3\.99\.1, and here is ", stderr)
