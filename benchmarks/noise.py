"""Counts what every article check finds per 1,000 words: ``python benchmarks/noise.py FOLDER...``.

FOLDER holds Markdown articles (or scraped .txt pages). On pages that are well written, a finding is mostly noise: a
check that is on by default should stay below 2 per 1,000 words. ``--show CHECK`` lists each finding of a check, to
be read and judged. Words are those of ``pipeline.prose``; headings, list items and front matter count too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.checks import Context, Problem, all_checks
from pipeline.library import read_article, text_files
from pipeline.model import Article
from pipeline.prose import units, words

MOST = 2.0
"""Findings per 1,000 words above which a figure is shown in red."""


def measure(folder: Path, show: str) -> tuple[int, Counter[str], dict[str, float]]:
    """Words of a folder, findings of each check, and seconds that each took."""
    articles = [read_article(path, path.stem, "en") for path in text_files([folder])]
    count = sum(len(words(unit.text)) for article in articles for unit in units(article))
    context = Context()
    found: Counter[str] = Counter()
    seconds: dict[str, float] = defaultdict(float)
    for article in articles:
        for check in all_checks():
            if check.scope == "article":
                begin = time.perf_counter()
                problems = list(check.function(article, context))
                seconds[check.name] += time.perf_counter() - begin
                found[check.name] += len(problems)
                if show in (check.name, "all"):
                    list_findings(article, check.name, problems)
    return count, found, seconds


def list_findings(article: Article, name: str, problems: list[Problem]) -> None:
    """Prints each finding with the words around it."""
    for problem in problems:
        line, column = article.lines.place(problem.start)
        around = " ".join(article.text[max(0, problem.start - 60) : problem.end + 60].split())
        print(f"{article.path.name}:{line}:{column} [{name}] {problem.message}\n    ...{around}...")


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--show", default="", metavar="CHECK", help="list the findings of this check, or of all")
    options = parser.parse_args()
    measured = [(folder.name, *measure(folder, options.show)) for folder in options.folders]
    table = Table(title="Findings per 1,000 words (number of findings)")
    table.add_column("check")
    for name, count, *_ in measured:
        table.add_column(f"{name}\n{count:,} words", justify="right")
    table.add_column("ms per 1,000 words", justify="right")
    total = sum(count for _, count, *_ in measured) or 1
    for check in (check.name for check in all_checks() if check.scope == "article"):
        cells = []
        for _, count, found, _ in measured:
            rate = found[check] * 1000 / (count or 1)
            cells.append(f"{'[red]' if rate >= MOST else ''}{rate:.2f} ({found[check]})")
        took = sum(seconds[check] for *_, seconds in measured)
        table.add_row(check, *cells, f"{took * 1e6 / total:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
