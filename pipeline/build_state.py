"""What a whole build left behind, for the next one to see at a glance that nothing has changed."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.cache import Store, as_json, digest, from_json, own_files, snapshot
from pipeline.dist import EDITORS
from pipeline.gates import Objection
from pipeline.library import Library
from pipeline.model import Finding, Output, PlainleafError, Severity

CLOCK_STEP = 50_000_000
"""Nanoseconds. A file that changed less than that before it was looked at may change again without a new time."""


@dataclasses.dataclass(frozen=True, slots=True)
class Build:
    """What a build made and found."""

    outputs: tuple[Output, ...]
    findings: tuple[Finding, ...]
    errors: tuple[PlainleafError, ...]
    drafts: Mapping[str, int]
    """Language -> how many of the leaflets hold a machine's draft."""
    objections: tuple[Objection, ...] = ()
    """Of a release: why an article was left out in a language, or what its editor should know."""
    skipped: tuple[str, ...] = ()
    """Why formats were left out that cannot be made on this machine or in a language."""
    is_unchanged: bool = False
    """Whether nothing had to be done, since nothing has changed since the last build."""


class BuildState:
    """The inputs of a build as it finds them, and what the last one left."""

    def __init__(self, library: Library, *what: object) -> None:
        """what: everything else that the result depends on, such as what was chosen."""
        self._root = library.root
        self._dist = library.root / "dist"
        inputs, self._latest = snapshot([library.source, library.root / "translations"], library.root)
        self._began = time.time_ns()
        self._key = digest(own_files(), inputs, os.environ.get("SOURCE_DATE_EPOCH"), library.root, Path.cwd(), what)
        self._store = Store(library.root, "build")

    def unchanged(self) -> Build | None:
        """The last build, where inputs and outputs are as it left them."""
        entry = self._store.get("last")
        if not isinstance(entry, dict) or entry.get("key") != self._key:
            return None
        if entry.get("dist") != self._outputs():
            return None
        try:
            return _from_json(entry)
        except (TypeError, ValueError, KeyError):
            return None

    def _outputs(self) -> str:
        # The report for editors is no output of a build.
        return snapshot([self._dist], self._root, self._dist / EDITORS)[0]

    def keep(self, build: Build) -> None:
        """Remember a build that went well and whole."""
        if build.errors or build.skipped or self._latest > self._began - CLOCK_STEP:
            return
        entry = {"key": self._key, "dist": self._outputs(), **_as_json(build)}
        self._store.put("last", entry)
        self._store.write(keep_others=False)


def _as_json(build: Build) -> dict[str, Any]:
    return {
        "outputs": [[o.article, o.language, o.format, str(o.path), o.digest] for o in build.outputs],
        "findings": [as_json(found) for found in build.findings],
        "drafts": dict(build.drafts),
        "objections": [dataclasses.astuple(o) for o in build.objections],
    }


def _from_json(entry: Mapping[str, Any]) -> Build:
    return Build(
        tuple(Output(a, language, name, Path(path), sha) for a, language, name, path, sha in entry["outputs"]),
        tuple(from_json(row) for row in entry["findings"]),
        (),
        entry["drafts"],
        tuple(Objection(a, code, Severity(how), *rest) for a, code, how, *rest in entry["objections"]),
        is_unchanged=True,
    )
