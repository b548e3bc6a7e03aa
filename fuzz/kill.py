"""Kill commands at random moments, and see that nothing is lost: ``python -m fuzz.kill --times 200``.

Each command that writes is run on a small library and killed with SIGKILL, with all the processes that it started, after
a random part of the time that it takes undisturbed. Then:

- every file of source/, translations/ and dist/ is whole: what stood there before, or what the undisturbed run writes;
- every catalogue can be read, and no translation is lost;
- the same command, run again, ends as the undisturbed run does, leaves the same bytes, and no temporary file.

Prints how often each command was killed, in which state, and exits with 1 when a promise was broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import po

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "tests/library"
FOLDERS = ("source", "translations", "dist")
PAGE = "<html><head><title>Croup</title></head><body><h1>Croup</h1><p>Croup is a barking cough.</p></body></html>"
Tree = dict[str, bytes]


class Broken(Exception):
    """A promise that a killed command has broken."""


@dataclass(frozen=True, slots=True)
class Case:
    """A command that writes, and the library that it finds."""

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[Path], object] = lambda _root: None
    """Brings the library into the state before."""


def start(root: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """A command as a user starts it, in a session of its own."""
    script = "from pipeline.cli import entry; entry()"
    command = [sys.executable, "-c", script, "--library", str(root), *arguments]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1769904000", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, cwd=root, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def run(root: Path, *arguments: str) -> int:
    """A command, undisturbed. Returns its exit status."""
    return start(root, arguments).wait(timeout=600)


def tree(root: Path) -> Tree:
    """Every file of the library with its content; its cache aside."""
    files = (path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def _names(root: Path) -> set[tuple[str, int]]:
    """The files as they stand, in a moment."""
    found = set()
    for folder in FOLDERS:
        for where, _, names in os.walk(root / folder):
            for name in names:
                with suppress(OSError):
                    found.add((f"{where}/{name}", Path(where, name).stat().st_mtime_ns))
    return found


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started; pandoc, in a session of its own, ends when nobody writes to it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _build_and_edit(root: Path) -> None:
    run(root, "build")
    _edit(root)


def _edit(root: Path) -> None:
    """An editor's change that makes translations stale, and a misspelling with a sure correction."""
    for path in sorted((root / "source").glob("*/*.md")):
        text = path.read_text("utf-8")
        path.write_text(text.replace(". ", ". Often, ", 1) + "\nThe the child recieves a glass of water.\n", "utf-8")


def _send(root: Path) -> None:
    """Files that translators have worked on and sent back."""
    _edit(root)
    run(root, "extract")
    run(root, "export", "--output", str(root / "out"), "--to", "po")
    for path in (root / "out").rglob("*.po"):
        file = po.parse(path.read_text("utf-8"))
        for entry in file.entries:
            if entry.msgid and not entry.msgstr:
                entry.set_value("msgstr", f"Texto: {entry.msgid}")
        path.write_text(file.render(), "utf-8")


def _page(root: Path) -> None:
    for number in range(8):
        (root / f"page{number}.html").write_text(PAGE.replace("Croup", f"Croup {number}"), "utf-8")


RETURNED = tuple(f"out/{code}/care/{name}.po" for code in ("es", "ar") for name in ("cough", "fever"))
SIGNER = ("--as", "translator", "--name", "Example Translator", "--credential", "example credential")
CASES = (
    Case("extract", ("extract",), _edit),
    Case("build", ("build", "--jobs", "2")),
    Case("build again", ("build", "--jobs", "1"), _build_and_edit),
    Case("sign", ("sign", "--language", "es", "care/cough", *SIGNER), lambda root: run(root, "extract")),
    Case("import", ("import", *(f"page{number}.html" for number in range(8))), _page),
    Case("import-translation", ("import-translation", "--finished", *RETURNED), _send),
    Case("check --fix", ("check", "--fix"), _edit),
    Case("words add", ("words", "add", "--force", "zorblax", "quuxin")),
)


def translations(files: Tree) -> Iterator[tuple[str, str]]:
    """Each catalogue with each translation in it. Raises Broken for one that cannot be read."""
    for path, content in files.items():
        if path.endswith(".po"):
            try:
                entries = po.parse(content.decode("utf-8")).entries
            except (ValueError, UnicodeDecodeError) as error:
                raise Broken(f"{path}: cannot be read: {error}") from None
            yield from ((path, entry.msgstr) for entry in entries if entry.msgid and entry.msgstr)


def is_leftover(path: str) -> bool:
    """Whether a path is that of a temporary file."""
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(".tmp")


def judge(found: Tree, before: Tree, after: Tree) -> str:
    """How far a killed command came: before, between or after. Raises Broken."""
    here = {path: content for path, content in found.items() if not is_leftover(path)}
    for path, content in here.items():
        if path == "dist/manifest.json":
            json.loads(content)
        elif content not in (before.get(path), after.get(path)):
            raise Broken(f"{path}: neither what stood there nor what the command writes ({len(content)} bytes)")
    for path in before.keys() & after.keys() - here.keys():
        if not path.startswith("dist/"):
            raise Broken(f"{path}: is gone")
    lost = set(translations(before)) - set(translations(here))
    meant = set(translations(before)) - set(translations(after))
    if lost - meant:
        raise Broken(f"translations are lost: {sorted(lost - meant)[:3]}")
    return "before" if here == before else "after" if here == after else "between"


class Range:
    """A case with its library, killed as often as wanted."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case, self.folder = case, folder
        self.base = folder / "base"
        shutil.copytree(SEED, self.base)
        settings = self.base / "source/library.toml"
        text = settings.read_text("utf-8")
        settings.write_text("".join(row for row in text.splitlines(True) if not row.startswith("formats")), "utf-8")
        settings.write_text('formats = ["html", "epub", "txt"]\n' + settings.read_text("utf-8"), "utf-8")
        run(self.base, "extract")
        case.prepare(self.base)
        shutil.rmtree(self.base / ".plainleaf", ignore_errors=True)
        # A library knows its cache by its path, so that all are built at the same one.
        self.root = folder / "library"
        self.before = self._fresh()
        began = time.monotonic()
        self.status = run(self.root, *case.arguments)
        self.seconds = time.monotonic() - began
        self.after = tree(self.root)
        if self.after == self.before:
            raise Broken(f"{case.name}: writes nothing, so that there is nothing to disturb")

    def _fresh(self) -> Tree:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.base, self.root)
        return tree(self.root)

    def _wait_for_writing(self, process: subprocess.Popen[bytes], chance: random.Random) -> None:
        """Until some of the files have been written, and a moment more: writing takes little of a command's time."""
        wanted = chance.randint(1, max(1, sum(self.after.get(p) != self.before.get(p) for p in self.after)))
        last = _names(self.root)
        while wanted and process.poll() is None:
            time.sleep(0.001)
            now = _names(self.root)
            wanted -= now != last
            last = now
        time.sleep(chance.choice((0, 0, 0.001, 0.005, 0.02)))

    def once(self, chance: random.Random) -> str:
        """Kill the command once. Returns how far it came. Raises Broken."""
        self._fresh()
        process = start(self.root, self.case.arguments)
        if chance.random() < 0.5:
            # Python takes a while to start, and in that time nothing can go wrong.
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=self.seconds * chance.uniform(0.3, 1.05))
        else:
            self._wait_for_writing(process, chance)
        kill(process)
        found = tree(self.root)
        state = judge(found, self.before, self.after)
        state += " with a temporary file" if any(map(is_leftover, found)) else ""
        # Signing what is signed, and importing what is there, are told: what counts is what stands there then.
        status = run(self.root, *self.case.arguments)
        if status not in (self.status, 0) and not (state.startswith("after") and status in (1, 2)):
            raise Broken(f"the next run ends with {status}, an undisturbed one with {self.status}")
        last = tree(self.root)
        if last != self.after:
            changed = sorted(p for p in last.keys() | self.after.keys() if last.get(p) != self.after.get(p))
            raise Broken(f"after the next run these are not as an undisturbed run leaves them: {changed[:5]}")
        return state


def main(argv: Sequence[str] | None = None) -> int:
    """Kill the commands. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.kill", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("command", nargs="*", help=f"of {', '.join(case.name for case in CASES)} (default: all)")
    parser.add_argument("--times", type=int, default=200, help="how often in all (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other moments (default: 1)")
    arguments = parser.parse_args(argv)
    cases = [case for case in CASES if not arguments.command or case.name in arguments.command]
    chance, broken = random.Random(arguments.seed), 0
    for number, case in enumerate(cases):
        times = arguments.times // len(cases) + (number < arguments.times % len(cases))
        states: Counter[str] = Counter()
        with tempfile.TemporaryDirectory(prefix="plainleaf-kill-") as folder:
            place = Range(case, Path(folder))
            for _ in range(times):
                try:
                    states[place.once(chance)] += 1
                except Broken as error:
                    broken += 1
                    print(f"{case.name}: BROKEN: {error}", flush=True)
        told = ", ".join(f"{count} x {state}" for state, count in sorted(states.items()))
        print(f"{case.name:20} {times:4} kills in {place.seconds:5.1f} s of work: {told}", flush=True)
    print(f"{arguments.times} kills, {broken} promises broken")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
