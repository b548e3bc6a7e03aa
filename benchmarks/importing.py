"""How well plainleaf import labels lines, and how fast.

    python benchmarks/importing.py [DIR] [--seeds DIR] [--clean DIR] [--html]

DIR (default: tests/importing/pages) holds labelled pages: each line begins with H, B, L or X (heading, body, list,
boilerplate) and a bar; a blank line is a bar alone. Prints the share of lines labelled right for each page, article
lines that were dropped, and boilerplate lines that were left in.

--seeds: pages with a defects.json ([{"seed", "line", "code"}]); prints how many of the defects are settled in the
draft or told by the import or by plainleaf check. --clean: Markdown articles without furniture; each is imported as
plain text, and every sentence that is not in the draft is counted as lost. --html: the same articles as web pages
with furniture around them, read by the importer and, where it is installed, by trafilatura.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

import pypandoc

from pipeline.checking import check_paths
from pipeline.importing.draft import Draft, make_draft
from pipeline.importing.nouns import Label
from pipeline.model import Finding

NAMES = {"H": "heading", "B": "body", "L": "list", "X": "boilerplate"}
DATE = "2026-01-01"
REPORTED = {
    "long-paragraph": {"long-paragraph"},
    "list-stop-inconsistent": {"list-stops"},
    "plain-language": {"acronym", "jargon", "item-sentences"},
    "missing-full-stop": {"missing-full-stop", "cut-off-end"},
    "truncated-end": {"cut-off-end", "parts-missing"},
    "truncated-start": {"lost-beginning"},
    "missing-metadata": {"no-source"},
    "series": {"unfinished-phrase"},
    "orphan-section": {"heading-missing"},
    "heading-missing": {"heading-missing"},
    "clinical-query": {"clinical-claims"},
    "headings-absent": {"no-headings"},
    "redundant": {"redundant-words"},
    "hyphen": {"redundant-words", "spelling"},
    "review-expired": {"out-of-date"},
    "contradiction": {"says-two-things"},
    "title-missing": {"no-title", "title-of-a-part"},
    "duplicate-intro": {"fused-introductions"},
    "multi-sentence-item": {"item-sentences"},
    "abbreviation": {"acronym"},
    "nested-cause": {"items-overlap"},
    "typo": {"spelling"},
    "style": {"eponym"},
    "emergency": {"emergency"},
}
ANYWHERE = {
    "truncated-end",
    "missing-metadata",
    "title-missing",
    "duplicate-intro",
    "headings-absent",
    "review-expired",
}
"""Codes that speak of the whole page: a finding at any line tells them."""
DROPPED = {"boilerplate", "ad-widget", "reader-comment", "metadata", "media-cta", "typo", "heading-unmarked"}
LISTED = {"bullet-glyph", "bullet-lost", "list-style"}
APART = {"no-blank-lines", "list-no-blank-before", "lazy-continuation", "list-to-heading"}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", metavar="DIR", nargs="?", type=Path, default=Path("tests/importing/pages"))
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--html", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        labels(sorted(arguments.pages.glob("*.txt")), Path(folder))
        if arguments.seeds:
            defects(arguments.seeds, Path(folder))
        if arguments.clean:
            lost(sorted(arguments.clean.glob("*.md")), Path(folder))
        if arguments.clean and arguments.html:
            web(sorted(arguments.clean.glob("*.md")), Path(folder))


def labelled(text: str) -> tuple[str, dict[int, str]]:
    """A labelled page as plain text, and the label of each line."""
    rows = [line.partition("|") for line in text.split("\n")]
    wanted = {number: NAMES[mark] for number, (mark, _, _) in enumerate(rows, 1) if mark in NAMES}
    return "\n".join(rest for _, _, rest in rows), wanted


def labels(pages: list[Path], folder: Path) -> None:
    """Lines labelled right, page by page."""
    right = total = dropped = left = furniture = size = 0
    seconds = 0.0
    for page in pages:
        text, wanted = labelled(page.read_text(encoding="utf-8"))
        path = folder / page.name
        path.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        draft = make_draft(path, DATE)
        seconds += time.perf_counter() - start
        size += len(text.encode())
        got = {line: label.value for line, label in draft.result.labels()}
        wrong = {line for line, name in wanted.items() if got.get(line) != name}
        share = 1 - len(wrong) / len(wanted)
        print(f"{page.name:30} {draft.language:8} {len(wanted) - len(wrong):4}/{len(wanted):<4} {share:6.1%}")
        right, total = right + len(wanted) - len(wrong), total + len(wanted)
        dropped += sum(got.get(line) == "boilerplate" for line in wrong)
        left += sum(wanted[line] == "boilerplate" for line in wrong)
        furniture += sum(name == "boilerplate" for name in wanted.values())
    print(f"lines right {right}/{total} {right / total:.1%}; article lines dropped {dropped}; ", end="")
    print(f"boilerplate left {left}/{furniture} {left / max(furniture, 1):.1%}; {size / 1e6 / seconds:.2f} MB/s\n")


def defects(folder: Path, scratch: Path) -> None:
    """Defects that are settled in the draft, or told."""
    listed = json.loads((folder / "defects.json").read_text(encoding="utf-8"))
    drafts: dict[str, tuple[Draft, str, list[Finding]]] = {}
    for path in sorted(folder.glob("*.txt")):
        draft = make_draft(path, DATE)
        target = scratch / f"{path.stem}.md"
        target.write_text(draft.text, encoding="utf-8")
        drafts[path.stem[:3]] = (draft, draft.text, list(check_paths([target], None).findings))
    missed: Counter[str] = Counter()
    for defect in listed:
        if not _is_settled(defect, *drafts[defect["seed"]]):
            missed[f"{defect['seed']}:{defect['line']} {defect['code']}: {defect['note']}"] += 1
    for name in missed:
        print(f"  missed {name}")
    told = len(listed) - sum(missed.values())
    print(f"defects settled or reported {told}/{len(listed)} {told / len(listed):.1%}\n")


def _is_settled(defect: dict[str, object], draft: Draft, text: str, checked: list[Finding]) -> bool:  # noqa: PLR0911
    code = str(defect["code"])
    lines = [int(part) for span in str(defect["line"]).split(",") for part in span.split("-")]
    by_line = {line.number: block for block in draft.result.blocks for line in block.lines}
    block = by_line.get(lines[0])
    label = block.label if block else None
    if code in DROPPED and (
        label is Label.BOILERPLATE or (code == "boilerplate" and _told(draft, lines, {"speaks-of-the-site"}))
    ):
        return True
    if code == "heading-unmarked":
        return label is Label.HEADING
    if code in LISTED:
        return label is Label.LIST
    if code == "hard-wrap":
        return by_line[lines[0]] is by_line[lines[-1]]
    if code in ("nbsp", "whitespace", "blank-runs"):
        return "\xa0" not in text and "\n\n\n" not in text and not re.search(r"[ \t]$", text, re.MULTILINE)
    if code == "image-residue":
        return "camera.gif" not in text.split("\n---\n", 1)[1]
    if code in APART:
        return all(_stands_apart(by_line[n].text, text) for n in lines if n in by_line)
    names = REPORTED.get(code, set())
    if _told(draft, [] if code in ANYWHERE else lines, names):
        return True
    return block is not None and any(f.check in names and _is_at(f, block.text) for f in checked)


def _told(draft: Draft, lines: list[int], names: set[str]) -> bool:
    """Whether the import has such a finding at one of these lines, or at any when none is named."""
    for item in draft.unsettled:
        spoken = [
            item.line,
            *(map(int, re.findall(r"\d+", item.message)) if item.name in ("clinical-claims", "items-overlap") else ()),
        ]
        if item.name in names and (not lines or any(line in spoken for line in lines)):
            return True
    return False


def _stands_apart(line: str, text: str) -> bool:
    """Whether a line is a block of its own in the draft."""
    shown = re.escape(line)
    return bool(re.search(rf"(?:\n\n|\n::: \{{\.emergency\}}\n|\n)(?:#+ |- )?{shown}\n", text)) and not re.search(
        rf"\n- [^\n]+\n{shown}\n", text
    )


def _is_at(finding: Finding, line: str) -> bool:
    return line[:40] in finding.excerpt or (finding.excerpt.startswith("title:") and line[:30] in finding.excerpt)


def sentences(markdown: str, least: int = 3) -> list[str]:
    """The sentences of an article in Markdown, as bare words."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"^(?:[#>*+-]+|\d+\.)[ \t]+|\]\([^)]*\)|[*_`\[\]\\]|:::.*$", "", body, flags=re.MULTILINE)
    found = [
        " ".join(re.findall(r"\w+", part)) for block in body.split("\n") for part in re.split(r"(?<=[.!?])\s+", block)
    ]
    return [sentence for sentence in found if len(sentence.split()) >= least]


def lost(articles: list[Path], folder: Path) -> None:
    """Sentences of clean articles that a plain-text import drops."""
    gone = total = 0
    for article in articles:
        markdown = article.read_text(encoding="utf-8")
        path = folder / f"{article.stem}.txt"
        path.write_text(
            re.sub(r"^(?:[#>*+-]+|\d+\.)[ \t]+|\]\([^)]*\)|[*_`\[]", "", markdown, flags=re.MULTILINE), encoding="utf-8"
        )
        kept = " ".join(sentences(_ours(path), least=1))
        missing = [s for s in sentences(markdown) if s not in kept]
        gone, total = gone + len(missing), total + len(sentences(markdown))
        for sentence in missing:
            print(f"  {article.stem}: lost: {sentence[:100]}")
    print(f"clean articles as text: {gone} of {total} sentences lost\n")


def web(articles: list[Path], folder: Path) -> None:
    """Sentences lost and furniture left from web pages, by each reader."""
    readers = {"plainleaf": _ours}
    if shutil.which("trafilatura"):
        readers["trafilatura"] = _trafilatura
    scores = {name: [0, 0, 0] for name in readers}
    for article in articles:
        markdown = article.read_text(encoding="utf-8")
        inner = pypandoc.convert_text(markdown, "html", format="gfm")
        page = folder / f"{article.stem}.html"
        page.write_text(TEMPLATE.replace("INNER", inner).replace("TITLE", article.stem), encoding="utf-8")
        for name, reader in readers.items():
            kept = " ".join(sentences(reader(page), least=1))
            scores[name][0] += sum(s not in kept for s in sentences(markdown))
            scores[name][1] += len(sentences(markdown))
            scores[name][2] += sum(line in kept for line in FURNITURE)
    for name, (gone, total, left) in scores.items():
        of = len(FURNITURE) * len(articles)
        print(f"web pages, {name:12} {gone} of {total} sentences lost; furniture left {left}/{of}")


FURNITURE = (
    "Hay fever and you",
    "We use cookies to",
    "Written by Example Author",
    "All rights reserved",
    "Share on Facebook",
)
TEMPLATE = """<html><body><nav><a href="/">Home</a></nav><div>We use cookies to improve this site.</div><main>
<p>Written by: Example Author</p><article>INNER</article></main><div><a>Share on Facebook</a></div>
<h3>Related articles</h3><ul><li><a href="/h">Hay fever and you</a></li></ul><p>All rights reserved</p></body></html>"""


def _ours(page: Path) -> str:
    draft = make_draft(page, DATE)
    return f"{draft.title}\n\n" + draft.text.split("\n---\n", 1)[1]


def _trafilatura(page: Path) -> str:
    command = ["trafilatura", "--recall", "--formatting", "--markdown"]
    return subprocess.run(command, input=page.read_bytes(), capture_output=True, check=True).stdout.decode()


if __name__ == "__main__":
    main()
