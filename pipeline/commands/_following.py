"""Builds again whenever something is saved: first the leaflet that was written, then all that hangs on it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path

from watchfiles import watch

from pipeline import report
from pipeline.building.following import AtHand
from pipeline.building.selection import Selection
from pipeline.building.state import Build, BuildState
from pipeline.commands._shared import GOOD, changing, count, is_coloured
from pipeline.library import Library
from pipeline.locking import Busy
from pipeline.model import Finding, PlainleafError
from pipeline.run import build
from pipeline.watching import GATHER, STEP, matters, watched

QUIET = 400
"""Milliseconds without a change after which the whole library is built again."""


class Follower:
    """Keeps dist/ as the library is now."""

    def __init__(self, chosen: Callable[[], tuple[Library, Selection]], executor: Executor) -> None:
        """chosen: the library with its settings as they are now, and what of it to build."""
        self._chosen, self._executor = chosen, executor
        self._at_hand: AtHand | None = None
        self.is_behind = True
        """Whether something was saved since the last whole build."""

    def whole(self) -> Build:
        """Build all that has changed. Raises PlainleafError, Busy when another command holds the library."""
        self._at_hand, self.is_behind = None, False
        library, selection = self._chosen()
        try:
            with changing(library, is_dry_run=False), report.Progress("leaflets") as progress:
                state = BuildState(library, selection)
                return build(library, selection, self._executor, progress.step, state, leave=self._leave)
        except Busy:
            self.is_behind = True
            raise

    def at_once(self, paths: Collection[str]) -> Iterator[tuple[str, list[str]]]:
        """Make the leaflets that these files are the text of. Each with its formats. Raises PlainleafError."""
        self.is_behind = True
        if self._at_hand is None:
            return
        with changing(self._at_hand.cards.library, is_dry_run=False):
            for article_id, language in self._at_hand.touched(paths)[:_AT_ONCE]:
                made = self._at_hand.make_again((article_id, language))
                if made:
                    yield f"{language}/{article_id}", [output.format for output in made]

    def warm_up(self) -> None:
        """Be ready for the first change."""
        if self._at_hand:
            self._at_hand.warm_up()

    def _leave(self, at_hand: AtHand) -> None:
        self._at_hand = at_hand


_AT_ONCE = 12
"""Leaflets that come before the rest: no person writes more at a time, and a program that does can wait."""


def follow(
    chosen: Callable[[], tuple[Library, Selection]],
    executor: AbstractContextManager[Executor],
    tell: Callable[[Build, float], None],
) -> int:
    """Build, and again after each change, until Ctrl-C. tell: prints the first build, which took so many seconds."""
    root = chosen()[0].root.resolve()
    changes = watch(
        *watched(root),
        watch_filter=matters(root),
        step=STEP,
        debounce=GATHER,
        rust_timeout=QUIET,
        yield_on_timeout=True,
    )
    # It begins to look when it is first asked. What is saved from then on waits, while a build runs too.
    next(changes)
    is_waiting = False
    try:
        with executor as processes:
            follower = Follower(chosen, processes)
            errors = _first(follower, tell)
            is_waiting = True
            for found in changes:
                if paths := {Path(path).relative_to(root).as_posix() for _, path in found}:
                    _at_once(follower, paths)
                elif follower.is_behind:
                    errors = _whole(follower, errors)
    except KeyboardInterrupt:
        if not is_waiting:
            raise
    print("Ended.", flush=True)
    return GOOD


def _first(follower: Follower, tell: Callable[[Build, float], None]) -> Collection[Finding]:
    """The first build. Returns the errors that it found."""
    started = time.monotonic()
    made = follower.whole()
    tell(made, time.monotonic() - started)
    follower.warm_up()
    print("\nEach change in source/ and translations/ is built as it is saved. Ctrl-C ends it.", flush=True)
    return made.findings.errors


def _at_once(follower: Follower, paths: Collection[str]) -> None:
    started = time.monotonic()
    # What stands in its way stands in the way of the whole build too, which tells it.
    with contextlib.suppress(PlainleafError):
        for leaflet, formats in follower.at_once(paths):
            print(f"{leaflet}: {', '.join(formats)}, {time.monotonic() - started:.2f} s", flush=True)


def _whole(follower: Follower, before: Collection[Finding]) -> Collection[Finding]:
    """Build the rest, and tell what is new. Returns the errors that there are now."""
    started = time.monotonic()
    try:
        made = follower.whole()
    except Busy:
        return before  # Another command changes the library: it is looked at again in a moment.
    except PlainleafError as error:
        print(f"plainleaf: error: {error}", file=sys.stderr, flush=True)
        return before
    known = {_kind(finding) for finding in before}
    new = [finding for finding in made.findings.errors if _kind(finding) not in known]
    if new:
        print(report.findings_text(new, colour=is_coloured()) + "\n", file=sys.stderr)
    for failure in made.errors:
        print(f"plainleaf: error: {failure}", file=sys.stderr)
    built = f"library: {count(len(made.outputs), 'file')}, {time.monotonic() - started:.1f} s"
    print(report.summary(made.findings.tally, built), flush=True)
    return made.findings.errors


def _kind(finding: Finding) -> tuple[Path, str, str, str]:
    """What stays when a finding only moves to another line."""
    return finding.path, finding.check, finding.message, finding.excerpt
