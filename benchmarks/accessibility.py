"""Audit our outputs, and pandoc's defaults on the same articles: ``python -m benchmarks.accessibility [LIBRARY]``.

Both are made from the same translated Markdown, and audited by the same programs: our own rules, axe-core (with reflow,
spacing and focus), EPUBCheck, Ace, the Nu HTML checker and page-validation (PDF/UA-1), each where it is found. Pandoc
makes HTML and EPUB with ``pandoc -s``, and the PDF by its Typst writer and our fonts.

"words whole": the share of an article's words (Chinese: of its characters) that poppler's pdftotext finds whole in the
PDF. Figures are faults, errors and warnings together; "-" means that the auditor is not at hand.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypandoc
import typst

from pipeline.audit.auditing import Options, audit_files
from pipeline.audit.model import KINDS, Audit
from pipeline.cli import main as plainleaf
from pipeline.executors import local_executor
from pipeline.formats.pdf import fonts
from pipeline.library import Library, open_library
from pipeline.model import Severity

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("plainleaf", "axe", "browser", "epubcheck", "ace", "nu", "pdfua")
_WORD = re.compile(r"\w+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Edition:
    """One article in one language."""

    language: str
    article: str
    markdown: Path


def editions(library: Library, languages: Sequence[str], most: int) -> Iterator[Edition]:
    """The translated Markdown of each article and language, as build --to md made it."""
    for language in languages:
        folder = library.root / "dist" / language
        for path in sorted(folder.rglob("*.md"))[:most]:
            yield Edition(language, path.relative_to(folder).with_suffix("").as_posix(), path)


def by_pandoc(edition: Edition, library: Library, folder: Path) -> list[Path]:
    """What pandoc makes of it by default; what it cannot make is left out."""
    pandoc = pypandoc.get_pandoc_path()
    made = []
    target = folder / edition.language / edition.article
    target.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    for suffix in ("html", "epub", "typ"):
        path = target.with_suffix(f".{suffix}")
        command = [pandoc, "-s", str(edition.markdown), "-o", str(path), "--quiet"]
        command += ["--resource-path", str((library.source / edition.article).parent)]
        command += ["--extract-media", "media"] if suffix != "epub" else []
        done = subprocess.run(command, cwd=path.parent, env=environment, check=False, capture_output=True)
        if done.returncode == 0:
            made.append(path)
    source = target.with_suffix(".typ")
    if source in made:
        made.remove(source)
        try:
            pdf = typst.compile(str(source), root=str(folder), font_paths=fonts())
        except (typst.TypstError, RuntimeError) as error:
            print(f"pandoc's {source.relative_to(folder)}: {error}", file=sys.stderr)
            return made
        target.with_suffix(".pdf").write_bytes(pdf)
        made.append(target.with_suffix(".pdf"))
    return made


def ours(edition: Edition, library: Library) -> list[Path]:
    """What a build made of it."""
    base = library.root / "dist" / edition.language / edition.article
    return [path for suffix in ("html", "epub", "pdf") if (path := base.with_suffix(f".{suffix}")).is_file()]


def words(text: str) -> Counter[str]:
    """The words of a text; of Chinese and Japanese the characters."""
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf").casefold()
    text = _WIDE.sub(lambda match: f" {match[0]} ", text)
    joined = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in text)
    return Counter(joined.split())


def whole(edition: Edition, pdf: Path) -> tuple[int, int]:
    """How many of the article's words poppler finds whole, of how many."""
    # Of a picture only its caption is printed.
    text = re.sub(r'!\[[^\]]*\]\([^)"]*(?:"([^"]*)")?\)', r"\1", edition.markdown.read_text("utf-8"))
    command = [pypandoc.get_pandoc_path(), "-t", "plain", "--wrap=none"]
    plain = subprocess.run(command, input=text, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True)
    wanted, found = words(plain), words(done.stdout.decode("utf-8", "replace"))
    return sum((wanted & found).values()), sum(wanted.values())


def table(name: str, audit: Audit, kept: dict[str, list[Path]], shares: dict[str, tuple[int, int]]) -> None:
    """One row for each language, and their sum."""
    ran = {item.auditor for item in audit.ran} | ({"browser"} if any(i.auditor == "axe" for i in audit.ran) else set())
    language = {path: code for code, paths in kept.items() for path in paths}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in audit.findings:
        if finding.severity is not Severity.REVIEW:
            counts[language[finding.path]][finding.auditor] += 1
    print(f"\n{name}\n")
    print("| language | files | own rules | axe | browser | EPUBCheck | Ace | Nu | PDF/UA | words whole |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for code, paths in [*kept.items(), ("all", list(language))]:
        found = counts[code] if code != "all" else sum(counts.values(), Counter())
        row = [str(found[column]) if column in ran else "-" for column in COLUMNS]
        good, all_words = shares.get(code, (0, 0)) if code != "all" else map(sum, zip(*shares.values(), strict=True))
        share = f"{100 * good / all_words:.1f} %" if all_words else "-"
        print(f"| {code} | {len(paths)} | {' | '.join(row)} | {share} |")
    rules = Counter(f.rule for f in audit.findings if f.severity is not Severity.REVIEW)
    print("\n" + ", ".join(f"{rule} {count}" for rule, count in rules.most_common(12)))


def measure(name: str, made: dict[Edition, list[Path]], options: Options) -> None:
    """Audit what one maker made, and print the table."""
    kept: dict[str, list[Path]] = defaultdict(list)
    shares: dict[str, tuple[int, int]] = {}
    for edition, paths in made.items():
        kept[edition.language] += paths
        for path in paths:
            if KINDS[path.suffix] == "pdf" and shutil.which("pdftotext"):
                good, total = whole(edition, path)
                before = shares.get(edition.language, (0, 0))
                shares[edition.language] = (before[0] + good, before[1] + total)
    started = time.monotonic()
    with local_executor(2) as executor:
        audit = audit_files([p for paths in kept.values() for p in paths], options, executor, lambda *_: None)
    table(name, audit, kept, shares or {"": (0, 0)})
    print(f"\n{len(audit.files)} files audited in {time.monotonic() - started:.0f} s")
    for line in [*audit.skipped, *audit.errors]:
        print(f"- {line}")


def main() -> int:
    """Build, make the same by pandoc, audit both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--language", action="append", help="default: all of the library")
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="at most so many in each language")
    parser.add_argument("--no-deep", action="store_true", help="without Ace and Nu")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plainleaf-") as temporary:
        root = Path(temporary) / "library"
        for name in ("source", "translations"):
            shutil.copytree(arguments.library / name, root / name)
        plainleaf(["--library", str(root), "build", "--to", "html,epub,pdf,md"])
        library = open_library(root)
        languages = arguments.language or library.languages
        chosen = list(editions(library, languages, arguments.articles))
        options = Options(deep=not arguments.no_deep)
        measure("Plainleaf", {e: ours(e, library) for e in chosen}, options)
        pandocs = Path(temporary) / "pandoc"
        measure("pandoc's defaults", {e: by_pandoc(e, library, pandocs) for e in chosen}, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
