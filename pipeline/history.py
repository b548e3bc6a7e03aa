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


def last_tag(library: Library) -> str:
    """The tag of the last release: the nearest one behind the present commit; "" when there is none.

    Raises PlainleafError when there is no Git or no repository.
    """
    done = git(library.root, "describe", "--tags", "--abbrev=0")
    if done.returncode and git(library.root, "rev-parse", "--git-dir").returncode:
        raise PlainleafError("the library is not in a Git repository, so nothing is known of earlier states")
    return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()


def changed_files(library: Library, revision: str) -> list[str]:
    """The files of source/ and translations/ that are not as they were at a revision, sorted, new ones among them.

    Paths as in "source/heart/murmur.md". Raises PlainleafError when there is no Git or no such revision.
    """
    commit = commit_of(library.root, revision)
    folders = ("--", "source", "translations")
    changed = git(library.root, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, *folders)
    new = git(library.root, "ls-files", "--others", "-z", *folders)
    if changed.returncode or new.returncode:
        message = (changed.stderr or new.stderr).decode("utf-8", "replace").strip()
        raise PlainleafError(f"{revision}: git cannot compare it: {message}")
    return sorted({name.decode("utf-8", "replace") for name in (changed.stdout + new.stdout).split(b"\0") if name})


def git(root: Path, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run Git in the folder of a library. Raises PlainleafError when there is no Git."""
    program = shutil.which("git")
    if not program:
        raise PlainleafError("git is not found: earlier states are read from the history; install Git")
    command = [program, "-C", str(root.resolve()), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def commit_of(root: Path, revision: str) -> str:
    """The commit that a tag, branch or commit names. Raises PlainleafError when there is none."""
    # A revision that begins with a hyphen would be taken for an option.
    if revision.startswith("-") or not revision.strip():
        raise PlainleafError(f"{revision!r} is not a revision; name a tag or a commit, such as v1.0")
    known = git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if known.returncode:
        message = known.stderr.decode("utf-8", "replace").strip()
        raise PlainleafError(
            f"{revision}: no such revision in the Git repository of {root}{': ' + message if message else ''}; "
            "git tag lists the tags"
        )
    return known.stdout.decode().strip()


def _archive(root: Path, revision: str) -> bytes:
    done = git(root, "archive", "--format=tar", commit_of(root, revision))
    if done.returncode:
        raise PlainleafError(f"{revision}: git cannot read it: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout
