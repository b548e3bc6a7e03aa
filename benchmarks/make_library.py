"""Makes a library to measure with: realistic articles and their catalogues, the same for the same seed.

    python benchmarks/make_library.py DIR --articles N --languages L [--seed S]

Each article has 400 to 700 words in some 50 segments: front matter, an emergency box, sections, lists, steps, links;
a third have a table, a third an image. A part of the text is that of the example library with its translations; the
rest is drawn by chance, and translated word by word into real words of each language, which means nothing but keeps
numbers, units, negations, links and marks. Every message is marked as a machine's draft. The languages are those that
most people speak, of those that Plainleaf knows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from synthetic.translating import LANGUAGES, ROOT, Translator, settings
from synthetic.vocabulary import TOPICS
from synthetic.writing import IMAGE, Known, Writer

from pipeline.files import write_whole
from pipeline.library import open_library, parse_article, read_article
from pipeline.model import Segment


def make(root: Path, articles: int, languages: int, seed: int = 7, jobs: int = 2) -> None:
    """Write a library into a folder. Raises SystemExit when the folder holds something, or for too many languages."""
    if root.exists() and any(root.iterdir()):
        raise SystemExit(f"{root} is not empty: give a folder that is not there yet")
    if languages > len(LANGUAGES):
        raise SystemExit(f"--languages {languages}: Plainleaf knows {len(LANGUAGES)} that this can write")
    codes = LANGUAGES[:languages]
    topics = TOPICS[: max(1, min(articles, len(TOPICS)))]
    write_whole(root / "source" / "library.toml", settings(codes, topics).encode())
    shutil.copy(ROOT / "source" / "glossary.toml", root / "source")
    write_whole(root / "source" / "images" / IMAGE, (ROOT / "source" / "images" / IMAGE).read_bytes())
    size = max(1, min(250, articles // jobs or 1))
    parts = [range(start, min(start + size, articles)) for start in range(0, articles, size)]
    if jobs == 1:
        for part in parts:
            _write(root, part, articles, codes, seed)
    else:
        with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
            list(pool.map(_write, *zip(*((root, part, articles, codes, seed) for part in parts), strict=True)))
    own = open_library(root).own_segments()
    for code in codes:
        _put(root / "translations" / code / "library.po", Translator(code).catalogue("source/library.toml", own))


def _write(root: Path, numbers: range, count: int, codes: Sequence[str], seed: int) -> None:
    writer = Writer(seed, count, known())
    translators = [Translator(code) for code in codes]
    for number in numbers:
        name = writer.names[number]
        text = writer.article(number)
        article = f"{name.topic}/{name.file}"
        path = Path("source", f"{article}.md")
        _put(root / path, text)
        segments = parse_article(text, path, article, "en").segments
        for translator in translators:
            content = translator.catalogue(path.as_posix(), segments)
            _put(root / "translations" / translator.code / f"{article}.po", content)


def known() -> Known:
    """What the articles of this repository's example library say, that any article may say."""
    emergencies: dict[str, None] = {}
    items: dict[str, None] = {}
    sentences: dict[str, None] = {}
    for path in sorted((ROOT / "source").glob("*/*.md")):
        for segment in read_article(path, path.stem, "en").segments:
            # A link leads to an article that is not in the other library; so does a name that only one of them has.
            if not set("[]*|{0123456789").intersection(segment.text) and "atri" not in segment.text:
                _sort(segment, emergencies, items, sentences)
    return Known(list(emergencies), list(items), list(sentences))


def _sort(segment: Segment, emergencies: dict[str, None], items: dict[str, None], sentences: dict[str, None]) -> None:
    if segment.kind == "list-item" and "Call" in str(segment.trail):
        emergencies[segment.text] = None
    elif segment.kind == "list-item" and "Causes" in str(segment.trail) and not segment.text.endswith("."):
        items[segment.text] = None
    elif segment.kind == "paragraph" and segment.text.endswith(".") and len(segment.text) > 60:
        sentences[segment.text] = None


def _put(path: Path, text: str) -> None:
    # Not write_whole: this library can be made again, and a disk takes its time for each of 10,000 files.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def sizes(root: Path) -> Iterator[str]:
    """What is in the folder, for people."""
    articles = list((root / "source").glob("*/*.md"))
    texts = [path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in articles]
    words = sum(len(text.split()) for text in texts)
    catalogues = list((root / "translations").glob("*/*/*.po"))
    yield f"{len(articles)} articles of {words / max(1, len(articles)):.0f} words, {len(catalogues)} catalogues"


def main() -> None:
    """Make the library of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--articles", metavar="N", type=int, default=100)
    parser.add_argument("--languages", metavar="L", type=int, default=10)
    parser.add_argument("--seed", metavar="S", type=int, default=7)
    parser.add_argument("--jobs", metavar="N", type=int, default=2)
    arguments = parser.parse_args()
    start = time.perf_counter()
    make(arguments.folder, arguments.articles, arguments.languages, arguments.seed, arguments.jobs)
    seconds = time.perf_counter() - start
    print(f"{arguments.folder}: {', '.join(sizes(arguments.folder))}, {seconds:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
