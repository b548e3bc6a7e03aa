"""Updating a large catalogue, beside gettext's msgmerge where it is installed.

    python benchmarks/catalogue.py [--messages N] [--changed PER_CENT] [--repeat N]

Makes a translated catalogue of N messages, changes some of the source texts, and brings it up to date with
each program. Prints the least seconds of N tries, the ratio, and how many changed texts were offered the
translation that they had; and the seconds with the speller, which tells corrections of the source from changes.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from pipeline import po
from pipeline.corrections import Corrections
from pipeline.merging import Changes, Rules
from pipeline.model import Segment
from pipeline.notes import notes_for
from pipeline.spelling import Speller
from pipeline.updating import CAUTION, updated

WORDS = (
    "your heart valve leaks blood doctor nurse medicine tablet day week swelling breath chest pain call urgent "
    "help test treatment surgery repair mild severe sudden slow sign symptom fever infection clot stroke beat"
).split()


def sentence(random_: random.Random, number: int) -> str:
    """A sentence that no other one equals."""
    words = random_.choices(WORDS, k=random_.randint(4, 18))
    return f"{' '.join(words).capitalize()} {number}."


def changed_text(text: str, random_: random.Random) -> str:
    """The text with one word replaced, as an editor would."""
    words = text.split()
    words[random_.randrange(len(words) - 1)] = random_.choice(WORDS)
    return " ".join(words) + (" now" if random_.random() < 0.2 else "")


def offered(text: str, expected: dict[str, str]) -> int:
    """How many changed texts have the translation that their old text had, marked fuzzy."""
    entries = {e.msgid: e for e in po.parse(text).entries if e.msgid and not e.is_obsolete}
    return sum(
        new in entries and entries[new].msgstr == f"T {old}" and "fuzzy" in entries[new].flags
        for new, old in expected.items()
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--changed", type=float, default=5)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    random_ = random.Random(7)
    old = [sentence(random_, n) for n in range(arguments.messages)]
    chosen = set(random_.sample(range(len(old)), int(len(old) * arguments.changed / 100)))
    new = [changed_text(text, random_) if n in chosen else text for n, text in enumerate(old)]
    expected = {new[n]: old[n] for n in sorted(chosen) if new[n] != old[n]}

    def segments(texts: list[str]) -> list[Segment]:
        return [Segment("paragraph", text, 0, 0, 1, 1) for text in texts]

    path = Path("x.po")
    content, _ = updated(None, path, segments(old), "es", "a.md")
    content = re.sub(r'^(msgid (.*(?:\n".*)*))\nmsgstr ""', r"\1\nmsgstr \2", content, flags=re.MULTILINE)
    content = content.replace('\nmsgstr "', '\nmsgstr "T ').replace('msgstr "T "\n"', 'msgstr ""\n"T ')
    content = content.replace('msgid ""\nmsgstr ""\n"T ', 'msgid ""\nmsgstr ""\n"', 1)

    def ours(rules: Rules) -> tuple[float, str, Changes]:
        least, result, changes = float("inf"), "", Changes()
        for _ in range(arguments.repeat):
            start = time.perf_counter()
            result, changes = updated(content, path, segments(new), "es", "a.md", rules=rules)
            least = min(least, time.perf_counter() - start)
        return least, result, changes

    print(f"{arguments.messages} messages, {len(expected)} changed; the least of {arguments.repeat}")
    seconds, result, changes = ours(Rules())
    found = f"{changes.fuzzy} offers, {offered(result, expected)} of the right text"
    print(f"plainleaf  {seconds:6.2f} s   {found}, {result.count(CAUTION)} with a caution")
    corrections = Corrections("en", Speller, lambda _: False)
    whole, _, changes = ours(Rules("en", notes_for("es"), corrections.why))
    print(f"  with spelling {whole:.2f} s   {changes.corrected} taken for a corrected spelling")
    if not shutil.which("msgmerge"):
        print("msgmerge   not installed (gettext)")
        return
    template, _ = updated(None, path, segments(new), "es", "a.md")
    theirs_seconds, theirs = msgmerge(content, template, arguments.repeat)
    fuzzy = sum("fuzzy" in e.flags for e in po.parse(theirs).entries if e.msgid)
    print(f"msgmerge   {theirs_seconds:6.2f} s   {fuzzy} offers, {offered(theirs, expected)} of the right text")
    print(f"ratio      {seconds / theirs_seconds:6.2f}, with spelling {whole / theirs_seconds:.2f}")


def msgmerge(content: str, template: str, repeat: int) -> tuple[float, str]:
    """The least seconds that msgmerge takes, and what it makes."""
    least, theirs = float("inf"), ""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "old.po").write_text(content, encoding="utf-8")
        (Path(folder) / "new.pot").write_text(template, encoding="utf-8")
        command = ["msgmerge", "--quiet", "--previous", "old.po", "new.pot"]
        for _ in range(repeat):
            start = time.perf_counter()
            theirs = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
            least = min(least, time.perf_counter() - start)
    return least, theirs


if __name__ == "__main__":
    main()
