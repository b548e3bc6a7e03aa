"""How fast builds, checks and extraction are, beside what else does it.

    python benchmarks/build.py [ROW...] [--folder DIR] [--articles N] [--large N] [--languages L] [--corpus DIR]

Rows (default: all but again, segment and watch, which build the large library first):
  cold      a cold build to HTML, EPUB and PDF, beside a loop of pypandoc calls and Typst, and XeLaTeX
  again     a second build of the large library with nothing changed
  segment   one translation changed in the large library
  watch     the same while plainleaf build --watch goes on
  template  a template, a font, a check changed: what is made again
  extract   extraction of Markdown files, beside po4a, Translate Toolkit and mdpo
  words     every check on a million words
  start     plainleaf --help, and the check of one file
  stop      Ctrl-C in the midst of a build

Libraries are made up (see make_library.py), and kept in --folder for the next run. Both the wall's seconds and the
processors' are told: the second are less shaken by what else the machine does. What is measured on a sample is told
so. mdpo is found in this Python, or in the one that MDPO_PYTHON names.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from building import extracting, rows
from building.bench import Bench, print_rows
from building.measuring import load

ROWS = {
    "cold": rows.cold,
    "again": rows.again,
    "segment": rows.segment,
    "watch": rows.watch,
    "template": rows.template,
    "extract": extracting.extract,
    "words": rows.words,
    "start": rows.start,
    "stop": rows.stop,
}
SLOW = ("again", "segment", "watch")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", metavar="ROW", nargs="*", choices=[[], *ROWS], help=", ".join(ROWS))
    parser.add_argument("--folder", metavar="DIR", type=Path, help="keep the libraries here (default: a temporary one)")
    parser.add_argument("--articles", metavar="N", type=int, default=100, help="of the smaller library (default: 100)")
    parser.add_argument("--large", metavar="N", type=int, default=1000, help="of the larger library (default: 1000)")
    parser.add_argument("--languages", metavar="L", type=int, default=10, help="beside English (default: 10)")
    parser.add_argument("--seed", metavar="S", type=int, default=7)
    parser.add_argument("--jobs", metavar="N", type=int, default=0, help="of plainleaf build (default: its own)")
    parser.add_argument("--repeat", metavar="N", type=int, default=3, help="of short measurements (default: 3)")
    parser.add_argument("--sample", metavar="N", type=int, default=5, help="articles for the loop (default: 5)")
    parser.add_argument("--whole", action="store_true", help="run the loop on everything, not on a sample")
    parser.add_argument("--corpus", metavar="DIR", type=Path, help="Markdown files to extract (default: made-up ones)")
    arguments = parser.parse_args()
    chosen = arguments.rows or [name for name in ROWS if name not in SLOW]
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(
            folder,
            arguments.articles,
            arguments.large,
            arguments.languages,
            arguments.seed,
            arguments.jobs,
            arguments.repeat,
            arguments.sample,
            arguments.whole,
            arguments.corpus,
        )
        for name in chosen:
            print(f"{name} ({load()})", flush=True)
            print_rows(ROWS[name](bench))
            print()


if __name__ == "__main__":
    main()
