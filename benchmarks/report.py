"""How long the report for editors takes, beside the check of the same library, and how large its pages are.

    python benchmarks/report.py [LIBRARY] [--commits N]

On a copy of a library (the one here, unless another is named). Told is how long these take: a check, a first report, a
second one in which nothing has changed, and one in which one article has. With --commits, the copy gets a history of N
commits, each with one change of an article or of a translation; the trends over it are measured, at first and again.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.checking import check_paths
from pipeline.cli import main as plainleaf
from pipeline.library import open_library

ROOT = Path(__file__).parents[1]


def timed(what: str, work: Callable[[], object]) -> None:
    """Do it, and print how long it took."""
    began, clock = time.process_time(), time.monotonic()
    work()
    print(
        f"{what:44} {time.process_time() - began:8.1f} s processor {time.monotonic() - clock:8.1f} s clock", flush=True
    )


def git(root: Path, *arguments: str) -> None:
    """Run Git there, as somebody who is plainly an example."""
    person = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *person, *arguments], check=True, capture_output=True)


def history(root: Path, commits: int) -> None:
    """Commits in which a sentence comes to an article, or a translation becomes stale and is translated again."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "The library")
    articles = sorted((root / "source").glob("*/*.md"))
    catalogues = sorted(path for path in (root / "translations").rglob("*.po") if path.stem != "library")
    for number in range(1, commits):
        if number % 2:
            path = articles[number % len(articles)]
            path.write_text(path.read_text("utf-8") + f"\nAsk your nurse after {number + 1} days.\n", "utf-8")
        else:
            path = catalogues[(number * 7) % len(catalogues)]
            text = path.read_text("utf-8")
            before, sign, after = text.rpartition('\nmsgstr "')
            path.write_text(before + sign + "x " + after, "utf-8")
        git(root, "add", "-A")
        git(root, "commit", "-qm", f"Change {number}")


def report(root: Path, *options: str) -> None:
    """Make the report, silently."""
    done = plainleaf(["--library", str(root), "report", *options])
    if done:
        sys.exit(f"plainleaf report: exit status {done}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--commits", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        for name in ("source", "translations"):
            shutil.copytree(arguments.library / name, root / name)
        if arguments.commits:
            history(root, arguments.commits)
        library = open_library(root)
        timed("check", lambda: check_paths([library.source], library))
        timed("first report", lambda: report(root))
        timed("report, nothing has changed", lambda: report(root))
        article = library.article_paths()[0]
        article.write_text(article.read_text("utf-8") + "\nAsk your nurse after 3 days.\n", "utf-8")
        timed("report, one article has changed", lambda: report(root))
        if arguments.commits:
            timed(
                f"trends over {arguments.commits} commits",
                lambda: report(root, "--since", "HEAD~" + str(arguments.commits - 1)),
            )
            timed("the same again", lambda: report(root, "--since", "HEAD~" + str(arguments.commits - 1)))
        sizes = [path.stat().st_size for path in (root / "dist/report").rglob("*.html")]
        print(f"{len(sizes)} pages, {sum(sizes) / 1e6:.1f} MB; the largest {max(sizes) / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
