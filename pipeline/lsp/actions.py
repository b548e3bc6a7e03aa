"""Quick fixes: take a suggestion, add the word to the library's list, switch the check off here; and all sure ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import po
from pipeline.fixing import sure_fixes
from pipeline.ignores import read_ignores
from pipeline.lsp.desk import Checked, Desk, Text
from pipeline.lsp.places import entry_at
from pipeline.model import Finding, Lines, PlainleafError, Segment
from pipeline.po_strings import escape, unescape
from pipeline.segments import extract, splice

MOST_SUGGESTIONS = 5
REPLACING = frozenset(
    [
        *("confused-word", "jargon", "mixed-spelling", "negative-contraction", "number-style", "person-first"),
        *("redundant-words", "reference", "repeated-word", "sentence-case", "shouting", "spelling"),
    ]
)
"""Checks whose suggestions may stand in the place of the words that they mark."""
_SPELLING = ("spelling", "translation-spelling")
_QUOTED = re.compile(r'(?<!\()"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to put in the place of a span."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a person may choose."""

    title: str
    finding: Finding | None = None
    """What it mends; None for all sure corrections."""
    edits: tuple[Edit, ...] = ()
    word: str = ""
    """To add to the library's list; "" for none."""
    cursor: int | None = None
    """Where the person goes on writing, in the text after the edits."""
    is_preferred: bool = False


def actions(desk: Desk, checked: Checked, start: int, end: int) -> Iterator[Action]:
    """What can be done about the findings that a span touches."""
    for found in checked.findings:
        if found.start <= end and start <= found.end:
            yield from _suggestions(checked.text, found)
            yield from _words(desk, checked.text, found)
            yield from _ignore(checked.text, found)


def fix_all(checked: Checked) -> Action | None:
    """All sure corrections of a text, those of ``plainleaf check --fix``; None when there are none."""
    edits = tuple(Edit(f.start, f.end, f.fix or "") for f in sure_fixes(checked.findings))
    return Action("Make all sure corrections", None, edits) if edits else None


def _suggestions(text: Text, found: Finding) -> Iterator[Action]:
    span = _replaced(text, found)
    if span is None:
        return
    offers = dict.fromkeys([*([found.fix] if found.fix is not None else []), *found.suggestions])
    for offer in list(offers)[:MOST_SUGGESTIONS]:
        written = escape(offer) if text.is_catalogue else offer
        title = f'Write "{offer}"' if offer else "Take it away"
        yield Action(title, found, (Edit(*span, written),), is_preferred=offer == found.fix)


def _replaced(text: Text, found: Finding) -> tuple[int, int] | None:
    """The span that a suggestion replaces; None when it is meant in another way."""
    if found.fix is not None or found.check in REPLACING:
        return found.start, found.end
    if found.check != "translation-spelling":
        return None
    if not text.is_catalogue:
        return found.start, found.end
    # The finding marks the whole translation; the word is replaced where it stands alone and once.
    word = _QUOTED.match(found.message)
    whole = text.text[found.start : found.end]
    places = list(re.finditer(rf"(?<!\w){re.escape(word[1])}(?!\w)", whole)) if word else []
    if len(places) != 1:
        return None
    return found.start + places[0].start(), found.start + places[0].end()


def _words(desk: Desk, text: Text, found: Finding) -> Iterator[Action]:
    if found.check not in _SPELLING or desk.root(text.path) is None:
        return
    if text.is_catalogue:
        listed = found.message.split("; did you mean")[0]
        words = [w for w in _QUOTED.findall(listed) if w in unescape(text.text[found.start : found.end])]
    else:
        words = [text.text[found.start : found.end]]
    for word in [w for w in words if re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", w)][:MOST_SUGGESTIONS]:
        yield Action(f'Add "{word}" to source/wordlist.txt', found, word=word)


def _ignore(text: Text, found: Finding) -> Iterator[Action]:
    """A comment that switches the check off for this place, and waits for its reason."""
    if found.check == "ignore":
        return
    place = _in_catalogue(text, found) if text.is_catalogue else _in_article(text, found)
    if place is None:
        return
    edit, cursor = place
    after = splice(text.text, [(edit.start, edit.end, edit.text)])
    line = Lines(after).place(found.start + (len(edit.text) if edit.start <= found.start else 0))[0]
    ignores = read_ignores(Lines(after), is_catalogue=text.is_catalogue)
    # Never at the cost of the text: what translators get must stay as it was.
    if any(i.covers(found.check, line) for i in ignores) and _content(text, after) == _content(text, text.text):
        yield Action(f"Ignore {found.check} here: give the reason", found, (edit,), cursor=edit.start + cursor)


def _in_article(text: Text, found: Finding) -> tuple[Edit, int] | None:
    """At the end of the segment where that is one line; else, or in front matter, in a line above the block."""
    segment = _segment_at(text, found.start)
    opening = f"<!-- plainleaf: ignore {found.check} -- "
    line = text.places.line_start(found.start)
    if segment and segment.kind != "field" and "\n" not in text.text[segment.start : segment.end]:
        return Edit(segment.end, segment.end, f" {opening}-->"), len(opening) + 1
    end = _line_end(text.text)
    if segment is None or segment.kind == "field":
        if _is_front_matter(text.text, line):
            comment = f"# plainleaf: ignore {found.check} -- "
            return Edit(line, line, comment + end), len(comment)
        if segment:
            return None
    while line > 0 and text.text[text.places.line_start(line - 1) : line].strip():
        line = text.places.line_start(line - 1)
    margin = re.match(r"[ \t]*", text.text[line:])
    indent = margin[0] if margin else ""
    return Edit(line, line, f"{indent}{opening}-->{end}"), len(indent) + len(opening)


def _in_catalogue(text: Text, found: Finding) -> tuple[Edit, int] | None:
    entry = entry_at(text.text, found.start)
    if entry is None:
        return None
    comment = f"# plainleaf: ignore {found.check} -- "
    return Edit(entry.start, entry.start, comment + _line_end(text.text)), len(comment)


def _segment_at(text: Text, offset: int) -> Segment | None:
    return next((s for s in extract(text.text) if s.start <= offset < max(s.end, s.start + 1)), None)


def _is_front_matter(text: str, line: int) -> bool:
    """Whether a line that begins at this offset stands within the front matter."""
    match = re.match(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return match is not None and match.start(1) <= line < match.end(1)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _content(text: Text, content: str) -> Sequence[object]:
    """What a comment must not change."""
    if not text.is_catalogue:
        return [(segment.kind, segment.text, segment.level) for segment in extract(content)]
    try:
        return [(entry.values, entry.flags) for entry in po.parse(content).entries]
    except (po.PoError, PlainleafError):
        return [content]
