"""What a reader copies, searches or hears from the PDF leaflets, against what the articles say.

    python benchmarks/text_layer.py [--format pdf] [--missing 5] [LIBRARY]

Builds every article and language of a library in memory and has poppler's pdftotext take the text out again.
"whole": words of the article that come out whole, punctuation aside. "in order": those in the article's order, as
far as pdftotext sees the order (it takes tables by the line, and footnotes stand at the foot). "exactly": whole with
their punctuation. Chinese has no blanks, so each character counts as a word.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from pipeline import front_matter
from pipeline.building.editions import Edition
from pipeline.building.leaflets import Shelf
from pipeline.checking import translated_articles
from pipeline.formats import Leaflet
from pipeline.formats.filter_common import settle
from pipeline.formats.pandoc import Worker
from pipeline.formats.table import FORMATS
from pipeline.library import open_library
from pipeline.model import PlainleafError


def text_of(nodes: list[Any]) -> Iterator[str]:
    """The text of pandoc's tree, in order; each block on a line."""
    for node in nodes:
        kind, content = (node.get("t", ""), node.get("c")) if isinstance(node, dict) else ("", node)
        if kind == "Str":
            yield content
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind == "Code":
            yield content[1]
        elif kind == "Note":
            yield "\n"
            yield from text_of(content)
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield from (*text_of(term), "\n", *text_of(definitions))
        elif kind in ("Image", "Link"):
            # The text of a picture is its alternative, which is not printed.
            yield from text_of(content[1]) if kind == "Link" else ()
        elif isinstance(content, list):
            yield from text_of([part for part in content if isinstance(part, dict | list)])
        if kind in _BLOCKS:
            yield "\n"


_BLOCKS = ("Para", "Plain", "Header", "CodeBlock")


_NOTE = re.compile(r"(?<=[^\W\d])(\W+)\d{1,2}$")
"""The number of a footnote, where it comes out as a part of the word before it."""


def leaflets(root: Path) -> Iterator[Leaflet]:
    library = open_library(root)
    articles = [library.read(path) for path in library.article_paths()]
    errors: list[PlainleafError] = []
    editions = [Edition(article, article, article.language, None) for article in articles]
    for item in translated_articles(library, articles, errors):
        if item.translated.printable:
            editions.append(
                Edition(item.source, item.translated.article, item.translated.article.language, item.translated)
            )
    shelf = Shelf(library, editions)
    yield from (shelf.leaflet(edition) for edition in editions)


def words(text: str, *, strict: bool) -> list[str]:
    """Without the marks of direction that poppler adds; Chinese by the character."""
    found = []
    for part in unicodedata.normalize("NFC", text).split():
        word = "".join(char for char in part if unicodedata.category(char) != "Cf")
        word = _NOTE.sub(r"\1", word)
        if not strict:
            word = _bare(word)
        pieces: list[str] = []
        for char in word:
            if "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef":
                pieces += [char, ""]
            else:
                pieces = [*pieces[:-1], pieces[-1] + char] if pieces else [char]
        found += [piece for piece in pieces if piece and (strict or _bare(piece))]
    return found


def _bare(word: str) -> str:
    keep = [index for index, char in enumerate(word) if unicodedata.category(char)[0] not in "PSC"]
    return word[keep[0] : keep[-1] + 1] if keep else ""


def measure(job: tuple[Leaflet, str]) -> tuple[str, int, int, int, int, list[str]]:
    leaflet, name = job
    body = leaflet.article.text[front_matter.parse(leaflet.article.text).body_start :]
    with Worker() as worker:
        document = worker.read(body)
        blocks = document.blocks()
        settle(blocks, leaflet.heading_ids, {})
        truth = "".join(text_of(blocks))
        pdf = FORMATS[name].render(leaflet, document)
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    taken = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    wanted, got = words(truth, strict=False), words(taken, strict=False)
    lost = list((Counter(wanted) - Counter(got)).elements())
    exact = (Counter(words(truth, strict=True)) & Counter(words(taken, strict=True))).total()
    counts = (len(wanted), len(wanted) - len(lost), LCSseq.similarity(wanted, got), exact)
    return leaflet.language.code, *counts, lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", default=".", type=Path)
    parser.add_argument("--format", default="pdf")
    parser.add_argument("--languages", default="")
    parser.add_argument("--missing", type=int, default=0, help="show so many words that do not come out whole")
    options = parser.parse_args()
    jobs = [(leaflet, options.format) for leaflet in leaflets(options.library)]
    jobs = [job for job in jobs if not options.languages or job[0].language.code in options.languages.split(",")]
    sums: dict[str, list[int]] = {}
    missing: dict[str, list[str]] = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for language, *counts, lost in pool.map(measure, jobs):
            row = sums.setdefault(language, [0, 0, 0, 0, 0])
            sums[language] = [row[0] + 1, *(a + b for a, b in zip(row[1:], counts, strict=True))]
            missing.setdefault(language, []).extend(lost)
    print(f"{'':8} {'leaflets':>8} {'words':>7} {'whole':>9} {'in order':>9} {'exactly':>9}")
    for language, (files, total, whole, ordered, exact) in sums.items():
        shares = " ".join(f"{_share(part, total):>9}" for part in (whole, ordered, exact))
        print(f"{language:8} {files:8} {total:7} {shares}", end="")
        print("  ", *missing[language][: options.missing])
    return 0


def _share(part: int, whole: int) -> str:
    return f"{100 * min(part, whole) / whole:.2f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
