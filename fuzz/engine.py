"""Feeds one target for some seconds, in a process of its own: ``python -m fuzz.engine TARGET SECONDS FOLDER``.

With atheris (pip install atheris) the inputs follow which branches they reach; without it they are the seeds changed at
random. What breaks a promise is kept in FOLDER/found and does not end the run; the input in hand stands in
FOLDER/now/TARGET, so that one that ends the process is not lost.
"""

from __future__ import annotations

import hashlib
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from pipeline import rendering

MOST_MEMORY = 4_000_000_000
"""Bytes of address space: what needs more counts as found."""
LONGEST = 8192
"""Bytes of an input."""


class Hang(BaseException):
    """An input that took longer than any honest one."""


class Feeding:
    """A target, what it was fed and what was found."""

    def __init__(self, name: str, folder: Path, until: float) -> None:
        from fuzz.targets import TARGETS, feed  # noqa: PLC0415 - after atheris has been told to watch it

        self.name, self.folder, self.until = name, folder, until
        self.feed, self.seconds = feed, TARGETS[name][1]
        self.count = 0
        self.now = folder / "now" / name
        self.now.parent.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGALRM, _hang)
        signal.signal(signal.SIGPROF, _hang)

    def one(self, data: bytes) -> None:
        """Feed one input."""
        self.now.write_bytes(data)
        self.count += 1
        try:
            # The first one also loads dictionaries and fonts.
            seconds = self.seconds * (8 if self.count == 1 else 1)
            # Our own work by the processor's clock, and waiting for others by that of the wall.
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.setitimer(signal.ITIMER_REAL, 6 * seconds)
            self.feed(self.name, data)
            _let_be()
        except (Exception, Hang) as error:
            _let_be()
            rendering._workers.clear()  # Its answer to this input may still be on the way.
            self._keep(data, error)

    def _keep(self, data: bytes, error: BaseException) -> None:
        """One input for each place in the code that an error came from: the shortest."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if "/pipeline/" in f.filename][-2:]
        last = [f"{Path(f.filename).name}:{f.lineno}" for f in frames][-1:]
        key = hashlib.sha256(repr((type(error).__name__, ours, last)).encode()).hexdigest()[:10]
        stem = self.folder / "found" / f"{self.name}-{type(error).__name__}-{key}"
        stem.parent.mkdir(parents=True, exist_ok=True)
        if not stem.exists() or len(data) < stem.stat().st_size:
            stem.write_bytes(data)
            stem.with_suffix(".txt").write_text("".join(traceback.format_exception(error))[-4000:], "utf-8")


def _let_be() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _hang(_number: int, _frame: FrameType | None) -> None:
    raise Hang("no answer in time")


def changed(data: bytes, others: Sequence[bytes], tokens: Sequence[bytes], chance: random.Random) -> bytes:
    """An input changed a little at random."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((0, 0, 1, 2, 8, 64)))
        kind = chance.randrange(5)
        piece = chance.choice(tokens)
        if kind == 1:
            piece = piece * chance.choice((2, 5, 50, 500))
        elif kind == 2:
            other = chance.choice(others)
            start = chance.randint(0, len(other))
            piece = other[start : start + chance.choice((1, 8, 80, 800))]
        elif kind == 3:
            piece = chance.randbytes(chance.choice((1, 2, 4)))
        elif kind == 4:
            piece = data[at : at + chance.choice((1, 8, 80))] * 2
        data = data[:at] + piece + data[end:]
    return data[:LONGEST]


def mutate(feeding: Feeding, seed: int) -> None:
    """Feed the seeds, changed at random, until the time is over."""
    from fuzz.seeds import TOKENS, seeds  # noqa: PLC0415

    chance = random.Random(seed)
    pool = list(seeds(feeding.name))
    for data in pool:
        feeding.one(data)
    while time.time() < feeding.until:
        feeding.one(changed(chance.choice(pool), pool, TOKENS, chance))


def follow_branches(name: str, folder: Path, until: float, seed: int) -> int:
    """Feed what atheris makes of the seeds, until the time is over. Returns how many inputs there were."""
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports(include=["pipeline", "markdown_it", "mdit_py_plugins"]):
        feeding = Feeding(name, folder, until)
    from fuzz.seeds import TOKENS, seeds  # noqa: PLC0415

    corpus = folder / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    words = folder / "tokens.txt"
    words.write_text("".join('"' + "".join(map("\\x{:02x}".format, token)) + '"\n' for token in TOKENS))

    def one(data: bytes) -> None:
        feeding.one(data)
        if time.time() > feeding.until:
            print(f"{name}: {feeding.count} inputs", flush=True)
            os._exit(0)  # libFuzzer takes any other end for a crash

    options = [
        f"-seed={seed}",
        f"-dict={words}",
        f"-max_len={LONGEST}",
        "-timeout=0",
        "-rss_limit_mb=0",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], str(corpus), *options], one)
    atheris.Fuzz()
    return feeding.count


def main(argv: Sequence[str]) -> int:
    """Feed one target."""
    name, seconds, folder, engine, seed = argv
    until = time.time() + float(seconds)
    if engine == "atheris":
        follow_branches(name, Path(folder), until, int(seed))
        return 0
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    feeding = Feeding(name, Path(folder), until)
    mutate(feeding, int(seed))
    print(f"{name}: {feeding.count} inputs", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
