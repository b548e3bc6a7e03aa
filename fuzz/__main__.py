"""Feed hostile input to what reads files: ``python -m fuzz [TARGET ...] --minutes 60``.

Every target is fed in turn, in a process of its own, for --slice seconds at a time, until the time is over. Prints each
input that broke a promise (it is kept in FOLDER/found) and how many inputs each target had. Exit status 1 when anything
was found. To feed one kept input again: ``python -m fuzz TARGET --input FILE``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from fuzz.targets import TARGETS, feed

ROOT = Path(__file__).resolve().parent.parent
GRACE = 120
"""Seconds that a slice may overrun: its last input, and the start of the process."""


def main(argv: Sequence[str] | None = None) -> int:
    """Feed the chosen targets. Returns the exit status."""
    arguments = _arguments(argv)
    names = arguments.target or sorted(TARGETS)
    if arguments.input:
        feed(names[0], arguments.input.read_bytes())
        print(f"{names[0]}: every promise is kept")
        return 0
    engine = arguments.engine or ("atheris" if find_spec("atheris") else "mutation")
    started, folder = time.time(), arguments.folder.resolve()
    until = started + 60 * arguments.minutes
    inputs, seconds, known, turn = Counter[str](), Counter[str](), set(_found(folder)), 0
    while time.time() < until:
        name = names[turn % len(names)]
        length = min(arguments.slice, max(1.0, until - time.time()))
        began = time.time()
        inputs[name] += _slice(name, length, folder, engine, arguments.seed + turn)
        seconds[name] += round(time.time() - began)
        for path in sorted(set(_found(folder)) - known):
            print(f"found: {path}", flush=True)
            known.add(path)
        turn += 1
    for name in names:
        print(f"{name:16} {inputs[name]:9} inputs in {seconds[name]:6} s")
    print(
        f"{sum(inputs.values())} inputs in {(time.time() - started) / 60:.0f} min by {engine}: {len(known)} kept in found/"
    )
    return 1 if known else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", nargs="*", help=f"of {', '.join(sorted(TARGETS))} (default: all, in turn)")
    parser.add_argument("--minutes", type=float, default=60, help="how long (default: 60)")
    parser.add_argument("--slice", type=float, default=60, metavar="SECONDS", help="of each turn (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other inputs (default: 1)")
    parser.add_argument("--engine", choices=("atheris", "mutation"), help="default: atheris where it is installed")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "build/fuzz", help="for what is found (default: build/fuzz)"
    )
    parser.add_argument("--input", type=Path, metavar="FILE", help="feed this file to the one target, and nothing else")
    arguments = parser.parse_args(argv)
    for name in arguments.target:
        if name not in TARGETS:
            parser.error(f"no target {name}: there are {', '.join(sorted(TARGETS))}")
    if arguments.input and len(arguments.target) != 1:
        parser.error("--input needs one target")
    return arguments


def _slice(name: str, seconds: float, folder: Path, engine: str, seed: int) -> int:
    """One turn of a target. Returns how many inputs it had."""
    command = [sys.executable, "-m", "fuzz.engine", name, str(seconds), str(folder), engine, str(seed)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=seconds + GRACE, check=False)
        output, status = done.stdout + done.stderr, done.returncode
    except subprocess.TimeoutExpired as expired:
        output, status = (expired.stdout or b"") + (expired.stderr or b""), -1
    if status:
        _keep_end(name, folder, output, status)
    told = output.decode("utf-8", "replace").rpartition(f"{name}: ")[2].split(" inputs")[0]
    return int(told) if told.isdigit() else 0


def _keep_end(name: str, folder: Path, output: bytes, status: int) -> None:
    """The input that was in hand when the process ended, or did not answer."""
    now = folder / "now" / name
    stem = folder / "found" / f"{name}-ended-{status}-{int(time.time())}"
    stem.parent.mkdir(parents=True, exist_ok=True)
    stem.write_bytes(now.read_bytes() if now.is_file() else b"")
    stem.with_suffix(".txt").write_bytes(output[-4000:])


def _found(folder: Path) -> list[Path]:
    return [path for path in (folder / "found").glob("*") if path.suffix != ".txt"]


if __name__ == "__main__":
    sys.exit(main())
