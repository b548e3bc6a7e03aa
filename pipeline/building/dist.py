"""Writes dist/: whole files only, and nothing of an article that is no longer there."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from pipeline.files import write_whole
from pipeline.formats.table import FORMATS
from pipeline.model import Output, PlainleafError

MANIFEST = "manifest.json"
"""Lists what a build made, so that a later one removes only that, and never a file of somebody else."""

EDITORS = "report"
"""A folder in dist/ that is for editors and not for patients: no build puts anything there or takes anything away."""


class Dist:
    """The folder of what is built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched: set[str] = set()
        """Paths of what was written or removed."""

    def write(self, article: str, language: str, format_name: str, content: bytes) -> Output:
        """One article in one language and format. Raises PlainleafError when it cannot be written."""
        path = PurePosixPath(language, f"{article}.{FORMATS[format_name].suffix}")
        return self._write(path, content, article, language, format_name)

    def write_page(self, path: str, content: bytes) -> Output:
        """A page of the library itself, such as index.html."""
        return self._write(PurePosixPath(path), content, "", "", "index")

    def _write(self, path: PurePosixPath, content: bytes, article: str, language: str, format_name: str) -> Output:
        self._put(path.as_posix(), content)
        digest = hashlib.sha256(content).hexdigest()
        return Output(article, language, format_name, path.as_posix(), digest, self.root)

    def _put(self, path: str, content: bytes) -> None:
        self.touched.add(path)
        write_whole(self.root / path, content)

    def begin(self, planned: Collection[str], keep: Collection[str]) -> None:
        """Remove what an earlier build made and this one will not, and note what it will before it is there.

        So a build that is stopped halfway leaves nothing that must not stand there, and nothing that the next build
        does not know of. planned: paths in dist/. keep: paths that this build was not asked to make and that stay.
        Raises PlainleafError when the manifest cannot be read or written.
        """
        before = self._manifest()
        left = self._remove(before.keys() - {*planned, *keep})
        known = {path: digest for path, digest in before.items() if path in left or path in planned or path in keep}
        self._note({**dict.fromkeys(planned, ""), **known}, before)

    def finish(self, outputs: Iterable[Output], keep: Collection[str]) -> list[PlainleafError]:
        """Write the manifest, and remove what was planned and not made, or made by an earlier build: it may be stale.

        keep: as for ``begin``. Returns what cannot be removed. Raises PlainleafError for the manifest itself.
        """
        made = {output.name: output.digest for output in outputs}
        before = self._manifest()
        made = {**{path: digest for path, digest in before.items() if path in keep}, **made}
        left = self._remove(before.keys() - made.keys())
        # What is still there is still known, so that the next build tries again.
        self._note({**made, **{path: before[path] for path in left}}, before)
        return [
            PlainleafError(f"{self.root / path}: must not stand there any more and cannot be removed: {why}; delete it")
            for path, why in sorted(left.items())
        ]

    def _remove(self, paths: Iterable[str]) -> dict[str, str]:
        """Remove files, and folders that are empty then. Returns the paths of those that are still there, and why."""
        left = {}
        for path in paths:
            target = self.root / path
            self.touched.add(path)
            try:
                # A link to a file is ours, what it leads to is not; and the manifest is a file that anybody may edit.
                if target.parent.resolve().is_relative_to(self.root.resolve()):
                    target.unlink(missing_ok=True)
            except (OSError, ValueError) as error:
                left[path] = getattr(error, "strerror", "") or str(error)
                continue
            with contextlib.suppress(OSError):
                target.parent.rmdir()
        return left

    def _note(self, outputs: Mapping[str, str], before: Mapping[str, str] | None = None) -> None:
        """Write the manifest, unless it says so already."""
        if outputs == before and (self.root / MANIFEST).is_file():
            return
        # As json.dumps would with an indent, for which it takes ten times as long.
        rows = json.dumps(dict(sorted(outputs.items())), ensure_ascii=False, separators=(",\n  ", ": "))[1:-1]
        content = '{\n "outputs": {' + (f"\n  {rows}\n }}" if outputs else "}") + "\n}\n"
        self._put(MANIFEST, content.encode())

    def _manifest(self) -> dict[str, str]:
        path = self.root / MANIFEST
        try:
            outputs = json.loads(path.read_text(encoding="utf-8"))["outputs"]
            return {str(name): str(digest) for name, digest in outputs.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            # Without it what an earlier build made would stay, though it may be stale or refused now.
            raise PlainleafError(
                f"{path}: cannot be read ({error}), so nobody knows which files an earlier build made; "
                f"delete the folder {self.root} and build again"
            ) from None
