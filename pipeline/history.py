"""The library as it stood at an earlier revision, by Git."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.library import SETTINGS_FILE, Library, open_library
from pipeline.model import PlainleafError


@contextlib.contextmanager
def library_at(library: Library, revision: str) -> Iterator[Library]:
    """The library at a tag, branch or commit, laid out in a folder that is gone afterwards.

    Raises PlainleafError when there is no Git, no repository, no such revision, or no library there.
    """
    with tempfile.TemporaryDirectory(prefix="plainleaf-") as folder:
        root = Path(folder)
        with tarfile.open(fileobj=io.BytesIO(_archive(library.root, revision))) as archive:
            _unpack(archive, root)
        if not (root / SETTINGS_FILE).is_file():
            raise PlainleafError(f"{revision}: no library stood at {library.root} then ({SETTINGS_FILE} is missing)")
        yield open_library(root)


def _unpack(archive: tarfile.TarFile, root: Path) -> None:
    """Files only: a link in the archive could lead anywhere."""
    for member in archive:
        path = root / member.name
        is_ours = member.name.startswith(("source/", "translations/")) and path.resolve().is_relative_to(root.resolve())
        content = archive.extractfile(member) if is_ours and member.isfile() else None
        if content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())


def _archive(root: Path, revision: str) -> bytes:
    git = shutil.which("git")
    if not git:
        raise PlainleafError("git is not found: what changed since a release is read from the history; install Git")
    # A revision that begins with a hyphen would be taken for an option.
    if revision.startswith("-") or not revision.strip():
        raise PlainleafError(f"{revision!r} is not a revision; name a tag or a commit, such as v1.0")
    known = subprocess.run(
        [git, "-C", str(root.resolve()), "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"],
        capture_output=True,
        check=False,
    )
    if known.returncode:
        message = known.stderr.decode("utf-8", "replace").strip()
        raise PlainleafError(
            f"{revision}: no such revision in the Git repository of {root}{': ' + message if message else ''}; "
            "git tag lists the tags"
        )
    done = subprocess.run(
        [git, "-C", str(root.resolve()), "archive", "--format=tar", known.stdout.decode().strip()],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise PlainleafError(f"{revision}: git cannot read it: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout
