"""Writes dist/: whole files only, and nothing of an article that is no longer there."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from pipeline.files import write_whole
from pipeline.formats.table import FORMATS
from pipeline.model import Output

MANIFEST = "manifest.json"
"""Lists what a build made, so that a later one removes only that, and never a file of somebody else."""


class Dist:
    """The folder of what is built."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, article: str, language: str, format_name: str, content: bytes) -> Output:
        """One article in one language and format. Raises PlainleafError when it cannot be written."""
        path = PurePosixPath(language, f"{article}.{FORMATS[format_name].suffix}")
        return self._write(path, content, article, language, format_name)

    def write_page(self, path: str, content: bytes) -> Output:
        """A page of the library itself, such as index.html."""
        return self._write(PurePosixPath(path), content, "", "", "index")

    def _write(self, path: PurePosixPath, content: bytes, article: str, language: str, format_name: str) -> Output:
        write_whole(self.root / path, content)
        digest = hashlib.sha256(content).hexdigest()
        return Output(article, language, format_name, self.root / path, digest)

    def finish(self, outputs: Iterable[Output], keep: Collection[str]) -> None:
        """Write the manifest, and remove what an earlier build made and this one did not: it may be stale.

        keep: paths in dist/ that this build was not asked to make and that stay.
        """
        made = {o.path.relative_to(self.root).as_posix(): o.digest for o in outputs}
        before = self._manifest()
        made = {**{path: digest for path, digest in before.items() if path in keep}, **made}
        for path in before.keys() - made.keys():
            target = self.root / path
            with contextlib.suppress(OSError, ValueError):
                if target.resolve().is_relative_to(self.root.resolve()):
                    target.unlink()
                    target.parent.rmdir()
        content = json.dumps({"outputs": dict(sorted(made.items()))}, indent=1, ensure_ascii=False) + "\n"
        write_whole(self.root / MANIFEST, content.encode())

    def _manifest(self) -> dict[str, str]:
        try:
            outputs = json.loads((self.root / MANIFEST).read_text(encoding="utf-8"))["outputs"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return {str(path): str(digest) for path, digest in outputs.items()} if isinstance(outputs, dict) else {}
