"""Builds on a Dask cluster: real schedulers and workers, as processes of this machine."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="pip install 'plainleaf[cluster]'")

from concurrent.futures import Future

from distributed.security import Security

from pipeline import clusters
from pipeline.building.spreading import spread
from pipeline.cli import main
from pipeline.clusters import Encryption, cluster_executor, fingerprint, identity
from pipeline.model import PlainleafError

PLAINLEAF = [sys.executable, "-c", "from pipeline.cli import entry; entry()"]
HOST = "127.0.0.1"


@pytest.fixture(autouse=True)
def loud() -> Iterator[None]:
    yield
    logging.disable(logging.NOTSET)


class Cluster:
    """A scheduler and workers."""

    def __init__(self, folder: Path, scheme: str = "tcp", options: Sequence[str] = ()) -> None:
        self.folder, self.options = folder, options
        self.port = free_port()
        self.address = f"{scheme}://{HOST}:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", self.address, "--no-dashboard")

    def _start(self, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        # In a folder of its own: a worker has no files of the library.
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:], *self.options],
            cwd=self.folder,
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        self.processes.append(process)
        return process

    def work(self, environment: dict[str, str] | None = None, threads: int = 1) -> subprocess.Popen[bytes]:
        """One more worker, without a nanny: what is killed stays dead."""
        folder = str(self.folder / f"worker{len(self.processes)}")
        options = ("--nthreads", str(threads), "--no-nanny", "--no-dashboard", "--local-directory", folder)
        return self._start("worker", self.address, *options, environment=environment)

    def stop(self) -> None:
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers that the tests leave as they are."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    made.work()
    made.work(threads=2)
    yield made
    made.stop()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """One that a test may break."""
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.stop()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def many(library: Path, count: int) -> Path:
    article = (library / "source/care/cough.md").read_text("utf-8")
    for number in range(count):
        (library / f"source/care/cough-{number}.md").write_text(article.replace("care/cough", f"care/cough-{number}"))
    return library


@contextlib.contextmanager
def building(library: Path, cluster: Cluster, leaflets: int) -> Iterator[subprocess.Popen[str]]:
    """A build on a cluster, from when it has made so many leaflets."""
    command = [*PLAINLEAF, "--library", str(library), "build", "--to", "html,pdf", "--cluster", cluster.address]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        while leaflets:
            line = process.stderr.readline()
            assert line, "the build was over too early"
            leaflets -= line.startswith("[")
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(library: Path, cluster: Cluster, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(library, twin)
    formats = "html,epub,pdf,docx,txt,ssml,md"
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", formats]) == 1
    assert main(["--library", str(twin), "build", "--cluster", cluster.address, "--to", formats]) == 1
    assert contents(twin / "dist") == contents(library / "dist")


@pytest.mark.slow
def test_a_worker_that_is_killed_is_no_loss(library: Path, own_cluster: Cluster, tmp_path: Path) -> None:
    many(library, 10)
    twin = tmp_path / "twin"
    shutil.copytree(library, twin)
    own_cluster.work()
    victim = own_cluster.work()
    with building(library, own_cluster, 3) as process:
        victim.kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert main(["--library", str(twin), "build", "--to", "html,pdf"]) == 1
    assert contents(library / "dist") == contents(twin / "dist")


@pytest.mark.slow
def test_without_a_scheduler_a_build_says_so_and_the_next_goes_on(library: Path, own_cluster: Cluster) -> None:
    many(library, 30)
    own_cluster.work()
    with building(library, own_cluster, 5) as process:
        own_cluster.scheduler.kill()
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "the cluster is out of reach" in said
    assert "run the command again" in said
    assert "Traceback" not in said
    assert len([line for line in said.splitlines() if line.startswith("plainleaf:")]) == 1
    made = len(list((library / "dist").rglob("*.pdf")))
    assert made >= 5, "what was made stays"
    assert not list(library.rglob("*.tmp"))
    again = subprocess.run(
        [*PLAINLEAF, "--library", str(library), "build", "--to", "html,pdf", "--jobs", "2"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    steps = [line for line in again.stderr.splitlines() if line.startswith("[")]
    assert again.returncode == 1
    assert 0 < len(steps) < 30 + 5 - 2


@pytest.mark.slow
def test_ctrl_c_ends_a_build_on_a_cluster(library: Path, cluster: Cluster) -> None:
    many(library, 30)
    with building(library, cluster, 3) as process:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "plainleaf: stopped"
    assert "Traceback" not in said
    assert not list(library.rglob("*.tmp"))


@pytest.mark.slow
def test_a_worker_with_another_plainleaf_is_refused(
    library: Path, own_cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(Path(clusters.__file__).parent, other / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "pipeline/formats/templates/html.j2").open("a") as template:
        template.write("{# changed #}")
    own_cluster.work({"PYTHONPATH": str(other)})
    assert main(["--library", str(library), "build", "--cluster", own_cluster.address]) == 2
    said = capsys.readouterr().err
    assert "the files of plainleaf is" in said
    assert "Install the same there" in said
    assert not (library / "dist").exists()


@pytest.mark.slow
def test_a_worker_that_comes_later_with_another_plainleaf_is_refused_too(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster_executor(cluster.address) as executor:
        assert executor.submit(fingerprint, {"a": "b"}).result(30) == fingerprint({"a": "b"})
        monkeypatch.setattr(executor, "_expected", "another")
        with pytest.raises(PlainleafError, match="has not the Plainleaf"):
            executor.submit(fingerprint, {}).result(30)


@pytest.mark.slow
def test_a_mistake_in_a_call_is_its_own(cluster: Cluster) -> None:
    with cluster_executor(cluster.address) as executor, pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 1, 0).result(30)


@pytest.mark.slow
def test_a_cluster_whose_workers_are_gone_is_given_up(own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = own_cluster.work()
    with cluster_executor(own_cluster.address) as executor:
        monkeypatch.setattr(clusters, "PATIENCE", 2.0)
        waiting = executor.submit(time.sleep, 60)
        time.sleep(1)
        worker.kill()
        with pytest.raises(PlainleafError, match="its workers are gone"):
            waiting.result(60)


def test_nobody_answers(library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT", 0.5)
    address = f"tcp://{HOST}:{free_port()}"
    assert main(["--library", str(library), "build", "--cluster", address]) == 2
    said = capsys.readouterr().err
    assert f"{address}: no scheduler answers" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_cluster_without_workers(
    library: Path, own_cluster: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 1.0)
    assert main(["--library", str(library), "build", "--cluster", own_cluster.address]) == 2
    assert f"Start one: dask worker {own_cluster.address}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--cluster", "scheduler:8786"], "begins with tcp:// or tls://"),
        (["--cluster", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs is for this machine alone"),
        (["--cluster", "tls://127.0.0.1:1", "--cluster-ca", "missing.pem"], "missing.pem: no such file"),
        (["--cluster", "tcp://127.0.0.1:1", "--cluster-ca", "missing.pem"], "tls://"),
    ],
)
def test_wrong_options(library: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(library), "build", *arguments]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_encrypted(tmp_path: Path) -> None:
    pytest.importorskip("cryptography")
    ca, key = certificate(tmp_path)
    options = ("--tls-ca-file", str(ca), "--tls-cert", str(ca), "--tls-key", str(key))
    made = Cluster(tmp_path, "tls", options)
    try:
        made.work()
        with cluster_executor(made.address, Encryption(str(ca), str(ca), str(key))) as executor:
            assert executor.submit(divmod, 7, 2).result(30) == (3, 1)
    finally:
        made.stop()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that signs itself, and its key."""
    made = Security.temporary()
    ca, key = folder / "ca.pem", folder / "key.pem"
    ca.write_text(str(made.tls_ca_file))
    key.write_text(str(made.tls_client_key))
    return ca, key


def test_the_identity_is_of_what_bytes_depend_on() -> None:
    found = identity()
    assert {"Python", "plainleaf", "typst", "pypandoc_binary", "pikepdf", "the files of plainleaf"} <= found.keys()
    assert "pytest" not in found
    assert fingerprint(found) == fingerprint(dict(reversed(found.items())))
    assert fingerprint({**found, "typst": "0"}) != fingerprint(found)


def test_the_window_limits_what_is_on_its_way() -> None:
    class Slow(clusters.Executor):
        window = 3
        running = 0
        most = 0

        def submit(self, fn: Callable[..., object], /, *arguments: object, **_: object) -> Future[object]:
            assert fn and arguments
            future: Future[object] = Future()
            self.running += 1
            self.most = max(self.most, self.running)
            threading.Timer(0.01, self.finish, (future,)).start()
            return future

        def finish(self, future: Future[object]) -> None:
            self.running -= 1
            future.set_result("done")

    class AnyTask:
        leaflet = None
        keys = ()
        is_chapter = False

    executor = Slow()
    tasks = [AnyTask() for _ in range(20)]
    done = list(spread(executor, iter(tasks)))  # type: ignore[arg-type]
    assert {id(task) for task, _ in done} == {id(task) for task in tasks}
    assert executor.most == 3
