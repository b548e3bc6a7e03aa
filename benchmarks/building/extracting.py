"""Extraction of Markdown files, beside po4a, Translate Toolkit and mdpo where they are installed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from building.bench import Bench, Row
from building.measuring import PLAINLEAF, Run, run

_MDPO = """
import sys, pathlib
from mdpo.md2po import markdown_to_pofile
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.md")):
    markdown_to_pofile(str(path), save=True, po_filepath=str(pathlib.Path(sys.argv[2], path.stem + ".po")))
"""


def extract(bench: Bench) -> Iterator[Row]:
    """Ours as a command, new catalogues and once more with nothing changed, and what others take for the files."""
    root = bench.folder.resolve() / "extract"
    shutil.rmtree(root, ignore_errors=True)
    files = _gather(bench, root)
    ours = _ours(root)
    count = sum(path.read_text(encoding="utf-8").count("\nmsgid ") for path in (root / "translations").rglob("*.po"))
    yield Row(
        f"extract of {files} Markdown files into one language",
        f"{ours.wall:.2f} s, {ours.processor:.2f} s of processors",
        note=f"the command plainleaf extract, start-up included; {count} messages",
    )
    repeated = run([PLAINLEAF, "--library", root, "extract", "--language", "es"])
    yield Row("once more, nothing changed", f"{repeated.wall:.2f} s, {repeated.processor:.2f} s of processors")
    others: dict[str, list[object] | None] = {
        "Translate Toolkit, md2po": _beside("md2po", "--duplicates=merge"),
        "mdpo": [_python_of("mdpo"), "-c", _MDPO] if _python_of("mdpo") else None,
        "po4a, one process and one catalogue": ["po4a", "--no-translations", "--force"]
        if shutil.which("po4a")
        else None,
    }
    for name, command in others.items():
        if command is None:
            yield Row(name, "not measured: not installed")
            continue
        out = root.parent / "extract-out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        given = (
            [_configuration(root / "source" / "all", out)] if command[0] == "po4a" else [root / "source" / "all", out]
        )
        theirs = run([*command, *given], expected=(0,))
        made = sum(path.read_text(encoding="utf-8").count("\nmsgid ") for path in out.rglob("*.po"))
        yield Row(
            name,
            f"{theirs.wall:.2f} s, {theirs.processor:.2f} s of processors",
            "at least 4 times ours",
            f"{theirs.wall / ours.wall:.1f} times on the wall clock, "
            f"{theirs.processor / ours.processor:.1f} in processor seconds; {made} messages",
        )


def _gather(bench: Bench, root: Path) -> int:
    """A library of the corpus's files, or of the made-up one's where there is no corpus."""
    folder = root / "source" / "all"
    folder.mkdir(parents=True)
    (root / "source" / "library.toml").write_text('name = "Extract"\n')
    found = sorted(bench.corpus.rglob("*.md")) if bench.corpus else []
    if not found:
        found = sorted((bench.library(bench.large) / "source").glob("*/*.md"))[:574]
    for path in found:
        base = bench.corpus or path.parents[1]
        name = re.sub(r"[^A-Za-z0-9]+", "-", str(path.relative_to(base).with_suffix("")))
        shutil.copy(path, folder / f"{name}.md")
    return len(list(folder.glob("*.md")))


def _ours(root: Path) -> Run:
    runs = []
    for _ in range(3):
        shutil.rmtree(root / "translations", ignore_errors=True)
        shutil.rmtree(root / ".plainleaf", ignore_errors=True)
        runs.append(run([PLAINLEAF, "--library", root, "extract", "--language", "es"]))
    return min(runs, key=lambda made: made.wall)


def _beside(name: str, *options: str) -> list[object] | None:
    """A console script of this Python."""
    path = Path(sys.executable).with_name(name)
    return [path, "--progress=none", *options] if path.exists() else None


def _configuration(folder: Path, out: Path) -> Path:
    """What po4a is to do, as a file: its way for many documents."""
    rows = [f"[po4a_paths] {out}/all.pot es:{out}/all.po"]
    for path in sorted(folder.glob("*.md")):
        rows.append(f'[type: text] {path} es:{out}/{path.name} opt:"-o markdown -M UTF-8"')
    file = out / "po4a.cfg"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def _python_of(package: str) -> str:
    """This Python, or the one named in the environment (MDPO_PYTHON): mdpo's md2po clashes with Translate Toolkit's."""
    import importlib.util  # noqa: PLC0415
    import os  # noqa: PLC0415

    return os.environ.get("MDPO_PYTHON", "") or (sys.executable if importlib.util.find_spec(package) else "")
