"""What a whole build left behind, for the next one to see at a glance that nothing has changed."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.building.dist import EDITORS
from pipeline.building.inputs import Inputs
from pipeline.building.selection import Selection
from pipeline.cache import digest, from_json, own_files
from pipeline.clock import today
from pipeline.findings import Findings, Row
from pipeline.formats import louis
from pipeline.library import Library
from pipeline.model import Finding, Output, PlainleafError, Severity
from pipeline.objection import Objection
from pipeline.stamps import Stamp, digest_of, scan, stamp_of
from pipeline.store import Store


@dataclasses.dataclass(frozen=True, slots=True)
class Build:
    """What a build made and found."""

    outputs: tuple[Output, ...]
    findings: Findings
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

    def __init__(self, library: Library, selection: Selection) -> None:
        self._root = library.root
        self.inputs = Inputs(library)
        self.outputs = self._look_at_outputs()
        """The files in dist/ by path from there, as they stood at the beginning."""
        self._key = digest(
            own_files(),
            self.inputs.digest,
            os.environ.get("SOURCE_DATE_EPOCH"),
            library.root,
            Path.cwd(),
            selection,
            today() if selection.is_release else None,
            louis.installed() if "brf" in selection.formats else "",
        )
        self._store = Store(library.root, "build")
        self._findings = Store(library.root, "findings")

    def unchanged(self) -> Build | None:
        """The last build, where inputs and outputs are as it left them."""
        entry = self._store.get("last")
        if not isinstance(entry, dict) or entry.get("key") != self._key:
            return None
        if entry.get("dist") != digest_of(self.outputs) or entry.get("findings") != self._findings.stamp():
            return None
        try:
            return self._from_json(entry)
        except (TypeError, ValueError, KeyError):
            return None

    def keep(self, build: Build, touched: Iterable[str]) -> None:
        """Remember a build that went well and whole. touched: paths in dist/ of what it wrote or removed."""
        if build.errors or build.skipped or not self.inputs.is_settled:
            return
        outputs = [[o.article, o.language, o.format, o.name, o.digest] for o in build.outputs]
        entry = {
            "key": self._key,
            "dist": digest_of(self._outputs_now(touched)),
            "findings": self._findings.stamp(),
            "tally": [build.findings.tally[severity] for severity in Severity],
            "drafts": dict(build.drafts),
            "objections": [dataclasses.astuple(o) for o in build.objections],
        }
        self._store.put("last", entry)
        self._store.put("outputs", outputs)
        self._store.put("rows", build.findings.rows)
        self._store.write(keep_others=False)

    def _look_at_outputs(self) -> dict[str, Stamp]:
        dist = self._root / "dist"
        # The report for editors is no output of a build.
        return scan([dist], dist, dist / EDITORS)

    def _outputs_now(self, touched: Iterable[str]) -> dict[str, Stamp]:
        """The files in dist/ as this build leaves them. What somebody else did there meanwhile is for the next one."""
        found = {path: stamp_of(self._root / "dist" / path) for path in touched}
        now = {path: stamp for path, stamp in (self.outputs | found).items() if stamp}
        return dict(sorted(now.items()))

    def _from_json(self, entry: Mapping[str, Any]) -> Build:
        outputs, dist = self._store.get("outputs"), self._root / "dist"
        return Build(
            tuple(Output(a, language, form, name, sha, dist) for a, language, form, name, sha in outputs),
            Findings(Counter(dict(zip(Severity, entry["tally"], strict=True))), self._rows, self._recall),
            (),
            entry["drafts"],
            tuple(Objection(a, code, Severity(how), *rest) for a, code, how, *rest in entry["objections"]),
            is_unchanged=True,
        )

    def _rows(self) -> list[Row]:
        return [Row(*row) for row in self._store.get("rows")]

    def _recall(self, key: str) -> list[Finding]:
        return [from_json(row) for row in self._findings.get(key) or ()]
