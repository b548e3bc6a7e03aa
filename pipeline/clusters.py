"""Where leaflets are laid out: on the workers of a Dask cluster, which share no files with this machine.

A call and its result travel as bytes. Every call tells what Plainleaf it was made with, and a worker with another one
refuses it: the bytes of a leaflet must not depend on who made it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import pickle
import platform
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cache import package_files, required_versions
from pipeline.formats import louis
from pipeline.model import PlainleafError

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 30.0
"""Seconds that a cluster may be without a worker, or out of reach, before a build gives up."""
EACH = 4
"""Leaflets on their way for each thread of a worker: so many that none waits for the next."""
CONNECT = 20.0
"""Seconds in which the scheduler has to answer."""
_LOOK = 1.0
"""Seconds between two looks at the cluster."""


@dataclass(frozen=True, slots=True)
class Encryption:
    """Files for tls:// addresses; where they are empty, those of Dask's own configuration."""

    authority: str = ""
    """Certificates that the scheduler's is signed with, PEM."""
    certificate: str = ""
    key: str = ""


class Foreign(Exception):
    """A worker has another Plainleaf than the build; holds what the worker has."""


class ClusterExecutor(Executor):
    """Runs calls on the workers of a cluster."""

    def __init__(self, client: Client, address: str, has_braille: bool = False) -> None:
        self._client, self._address, self._has_braille = client, address, has_braille
        self._expected = fingerprint(identity(has_braille))
        self._inner = client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._threads = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look_after, daemon=True)
        self._watch.start()

    @property
    def window(self) -> int:
        """How many calls may be on their way: grows with the cluster."""
        return EACH * max(4, self._threads)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of one call. It raises PlainleafError when the cluster fails, and what the call itself raises."""
        outer: Future[Any] = Future()
        with self._lock:
            self._waiting.add(outer)
        try:
            inner = self._inner.submit(call, self._expected, self._has_braille, pickle.dumps((fn, args, kwargs)))
        except Exception as error:
            self._settle(outer, self._lost(str(error)))
            return outer
        inner.add_done_callback(lambda done: self._pass_on(done, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Give up what is not done yet."""
        self._over.set()

    def _pass_on(self, inner: Future[Any], outer: Future[Any]) -> None:
        try:
            self._settle(outer, pickle.loads(inner.result()))
        except CancelledError:
            self._settle(outer, self._lost("the connection was lost"))
        except Foreign as foreign:
            self._settle(
                outer, PlainleafError(f"{self._address}: {_differences(foreign.args[0], identity(self._has_braille))}")
            )
        except BaseException as error:
            self._settle(outer, self._told(error))

    def _told(self, error: BaseException) -> BaseException:
        if type(error).__name__ != "KilledWorker":
            return error
        return PlainleafError(
            f"{self._address}: one leaflet stopped several workers, one after the other: they may have too little "
            "memory. What was made is kept; see the workers' logs, and run the command again"
        )

    def _lost(self, why: str) -> PlainleafError:
        return PlainleafError(
            f"{self._address}: the cluster is out of reach ({why}). What was made is kept: when the scheduler runs "
            "again, run the command again, and it goes on from there"
        )

    def _settle(self, outer: Future[Any], result: Any) -> None:
        with self._lock:
            self._waiting.discard(outer)
        # The watch may have given up on it a moment before.
        with contextlib.suppress(InvalidStateError):
            if isinstance(result, BaseException):
                outer.set_exception(result)
            else:
                outer.set_result(result)

    def _look_after(self) -> None:
        """Notice when workers come and go, and when there are none for long."""
        alone_since = time.monotonic()
        while not self._over.wait(_LOOK):
            why = "its workers are gone"
            try:
                self._threads = sum(self._client.nthreads().values())
            except Exception as error:
                self._threads, why = 0, str(error) or type(error).__name__
            if self._threads:
                alone_since = time.monotonic()
            elif self._client.status == "closed" or time.monotonic() - alone_since > PATIENCE:
                for outer in tuple(self._waiting):
                    self._settle(outer, self._lost(why))


@contextlib.contextmanager
def cluster_executor(
    address: str, encryption: Encryption | None = None, *, has_braille: bool = False
) -> Iterator[Executor]:
    """An executor of the cluster whose scheduler has this address, such as tcp://scheduler:8786.

    has_braille: whether braille is to be made, for which all must have the same liblouis.
    Raises PlainleafError when Dask is not installed here, nobody answers, there is no worker, or a worker has another
    Plainleaf, another Python or another version of a package that leaflets depend on.
    """
    is_encrypted = address.startswith("tls://")
    if not (is_encrypted or address.startswith("tcp://")):
        raise PlainleafError(
            f"--cluster {address}: an address begins with tcp:// or tls://, as in tcp://scheduler:8786"
        )
    if encryption not in (None, Encryption()) and not is_encrypted:
        raise PlainleafError(f"--cluster {address}: certificates are for addresses that begin with tls://")
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError:
        raise PlainleafError("--cluster: Dask is not installed; pip install 'plainleaf[cluster]'") from None
    # What happens to the cluster is told once, by us; Dask's own threads would print tracebacks until the very end.
    logging.disable(logging.CRITICAL)
    try:
        client = Client(address, security=_security(encryption), timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise PlainleafError(f"{address}: no scheduler answers ({_first_line(error)}). Is it running there?") from None
    try:
        _inspect(client, address, has_braille)
        executor = ClusterExecutor(client, address, has_braille)
        try:
            yield executor
        finally:
            executor.shutdown()
    finally:
        # Calls that are not needed any more are forgotten with the client; it may be slow to see that nobody answers.
        closing = threading.Thread(target=_close, args=(client,), daemon=True)
        closing.start()
        closing.join(0.5)


def call(expected: str, has_braille: bool, content: bytes) -> bytes:
    """One call on a worker. Raises Foreign when the worker is not what the build expects.

    content: a pickled function of Plainleaf's with its arguments. Returns its pickled result.
    """
    if fingerprint(identity(has_braille)) != expected:
        raise Foreign(dict(identity(has_braille)))
    function, args, kwargs = pickle.loads(content)
    # The one pandoc of a process serves one call at a time, however many threads the worker has.
    with _one_at_a_time:
        return pickle.dumps(function(*args, **kwargs))


_one_at_a_time = threading.Lock()


@cache
def identity(has_braille: bool = False) -> Mapping[str, str]:
    """All that the bytes of a leaflet depend on beside the call: Plainleaf's files, Python and packages, by name.

    has_braille: whether the program that makes braille matters too.
    """
    known = hashlib.sha256()
    for name, path in package_files():
        known.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **({"liblouis": louis.installed()} if has_braille else {}),
        **required_versions(),
        "the files of plainleaf": known.hexdigest()[:12],
    }


def fingerprint(found: Mapping[str, str]) -> str:
    """A short text that differs when anything does."""
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def _differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """What a worker has that is not what is here."""
    found = [
        f"{name} is {theirs.get(name) or 'missing'} there and {ours.get(name) or 'missing'} here"
        for name in sorted({*ours, *theirs})
        if theirs.get(name) != ours.get(name)
    ]
    return (
        f"a worker has not the Plainleaf that this command has: {'; '.join(found)}. "
        "Install the same there, from the same files, and start the workers anew"
    )


def _inspect(client: Client, address: str, has_braille: bool) -> None:
    """Raise PlainleafError unless there are workers, and every one has what is here."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise PlainleafError(
            f"{address}: no worker came within {PATIENCE:.0f} s. Start one: dask worker {address} --nthreads 1"
        ) from None
    for worker, found in client.run(identity, has_braille, on_error="return").items():
        if isinstance(found, ModuleNotFoundError):
            raise PlainleafError(f"{worker}: no Plainleaf there ({found}); pip install 'plainleaf[cluster]'")
        if isinstance(found, BaseException):
            raise PlainleafError(f"{worker}: {_first_line(found)}")
        if found != identity(has_braille):
            raise PlainleafError(f"{worker}: {_differences(found, identity(has_braille))}")


def _close(client: Client) -> None:
    with contextlib.suppress(Exception):
        client.close(timeout=0.4)


def _security(encryption: Encryption | None) -> Any:
    if encryption is None or encryption == Encryption():
        return None  # Dask's configuration.
    from distributed.security import Security  # noqa: PLC0415

    for path in (encryption.authority, encryption.certificate, encryption.key):
        if path and not Path(path).is_file():
            raise PlainleafError(f"{path}: no such file (of --cluster-ca, --cluster-cert, --cluster-key)")
    return Security(
        tls_ca_file=encryption.authority or None,
        tls_client_cert=encryption.certificate or None,
        tls_client_key=encryption.key or None,
        require_encryption=True,
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
