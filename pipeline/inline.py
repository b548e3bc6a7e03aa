"""The markup inside one segment, with its place: what translators must keep, and the text between.

markdown-it-py's inline tokens know no places, so its rules are wrapped here to note them. Whatever the text,
the pieces joined are the text again, byte for byte.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

PLAIN_KINDS = ("field", "link-title")
"""Kinds of segments whose text holds no markup but placeholders."""
FREE_KINDS = ("escape", "entity", "line-break")
"""Kinds of codes that a translation may have more or fewer of."""

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_BARE_ADDRESS = re.compile(r"(?<![\w/])(?:https?://|www\.)[^\s<>\[\]\\`{}|*]*[^\s<>\[\]\\`{}|*.,:;!?'\")_]")
_SUPERSCRIPT = re.compile(r"\^(?!\^)(?=[^\s^]+\^)")
_ATTRIBUTES = re.compile(r"""\{(?:\s*(?:[#.][\w:-]+|[\w:-]+=(?:"[^"]*"|[^\s"{}]+)))+\s*\}""")
_LABEL = re.compile(r"\[[^\[\]]*\]")
_BLANK = re.compile(r"[ \t\n]*")
_SPECIAL = re.compile(r"([\\`*_\[\]<>{}~^&])")
_PAIRS = {"em_open": ("emphasis", 0, 1), "strong_open": ("bold", 1, 2), "s_open": ("strike-through", 0, 2)}
"""Token type -> kind, how many characters the mark begins before the token's, and its size."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an inline text: prose, or a code that stands for markup."""

    role: str
    """text, alone, open or close."""
    text: str
    """As it stands in the Markdown."""
    kind: str = ""
    """Of a code: bold, emphasis, strike-through, superscript, link, image, span, code, placeholder, footnote,
    address, html, title, escape, entity or line-break."""
    number: int = 0
    """Of a code, from 1; an opening and its closing share it."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code as a whole: what a translation must have as often as its source."""

    kind: str
    opening: str
    closing: str = ""


Span = tuple[int, int]
_Pair = tuple[str, Span, Span]


def pieces(text: str, is_plain: bool = False) -> tuple[Piece, ...]:
    """The pieces of an inline text, in order. is_plain: the text holds no markup but placeholders."""
    if is_plain:
        alone: list[tuple[str, Span]] = [("placeholder", m.span()) for m in _PLACEHOLDER.finditer(text)]
        return _pieces(text, alone, [])
    state = StateInline(text, _parser(), {"alone": [], "pairs": []}, [])
    _parser().inline.tokenize(state)
    for rule in _parser().inline.ruler2.getRules(""):
        rule(state)
    return _pieces(text, state.env["alone"], [*state.env["pairs"], *_emphasised(state)])


def codes(found: Iterable[Piece]) -> Counter[Code]:
    """The codes among pieces, counted; without those that a translation is free to have or not."""
    opened: dict[int, Piece] = {}
    counts: Counter[Code] = Counter()
    for piece in found:
        if piece.kind in FREE_KINDS or piece.role == "text":
            continue
        if piece.role == "open":
            opened[piece.number] = piece
        elif piece.role == "close":
            counts[Code(piece.kind, opened[piece.number].text, piece.text)] += 1
        else:
            counts[Code(piece.kind, piece.text)] += 1
    return counts


def written(parts: Iterable[tuple[bool, str]], is_plain: bool = False) -> str:
    """Markdown from parts, each told to be a code or prose, so that the prose stays prose.

    Characters of the prose get a backslash only where they would turn into markup that no code stands for.
    """
    known = [(is_code, text) for is_code, text in parts if text]
    joined = "".join(text for _, text in known)
    if is_plain or _is_as_meant(joined, known):
        return joined
    return "".join(text if is_code else _SPECIAL.sub(r"\\\1", text) for is_code, text in known)


def _is_as_meant(joined: str, parts: Iterable[tuple[bool, str]]) -> bool:
    """Whether the markup of the joined text is that of its codes, and at their places."""
    found: set[int] = set()
    place = 0
    for piece in pieces(joined):
        if piece.role != "text":
            found.update(range(place, place + len(piece.text)))
        place += len(piece.text)
    meant: set[int] = set()
    place = 0
    for is_code, text in parts:
        if is_code:
            meant.update(range(place, place + len(text)))
        place += len(text)
    return found == meant


def _pieces(text: str, alone: Iterable[tuple[str, Span]], pairs: Iterable[_Pair]) -> tuple[Piece, ...]:
    """Codes and the text between them; a code takes the attributes that follow it, such as {.class}."""
    marks = [(span, "alone", kind, span) for kind, span in alone]
    for kind, opening, closing in pairs:
        marks += [(opening, "open", kind, opening), (closing, "close", kind, opening)]
    marks.sort(key=lambda mark: mark[0])
    starts = [mark[0][0] for mark in marks[1:]] + [len(text)]
    numbers: dict[Span, int] = {}
    found: list[Piece] = []
    position = 0
    for ((start, end), role, kind, key), following in zip(marks, starts, strict=False):
        if start > position:
            found.append(Piece("text", text[position:start]))
        attributes = None if role == "open" or kind in FREE_KINDS else _ATTRIBUTES.match(text, end)
        stop = attributes.end() if attributes and attributes.end() <= following else end
        found.append(Piece(role, text[start:stop], kind, numbers.setdefault(key, len(numbers) + 1)))
        position = stop
    if position < len(text):
        found.append(Piece("text", text[position:]))
    return tuple(found)


def _emphasised(state: StateInline) -> list[_Pair]:
    """Bold, emphasised and struck-through parts, once the delimiters are paired."""
    found: list[_Pair] = []
    opened: list[tuple[str, Span]] = []
    for token in state.tokens:
        if token.type in _PAIRS:
            kind, before, size = _PAIRS[token.type]
            start = token.meta["at"] - before
            opened.append((kind, (start, start + size)))
        elif token.type.replace("_close", "_open") in _PAIRS:
            kind, opening = opened.pop()
            start = token.meta["at"]
            found.append((kind, opening, (start, start + opening[1] - opening[0])))
    return found


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    ruler: Any = parser.inline.ruler
    for rule in ruler.__rules__:
        if rule.name in _KINDS:
            rule.fn = _noting(rule.fn, _KINDS[rule.name])
        elif rule.name in ("emphasis", "strikethrough"):
            rule.fn = _placing(rule.fn)
        elif rule.name == "text":
            rule.fn = _text
    for name, pattern in (("placeholder", _PLACEHOLDER), ("footnote", _FOOTNOTE), ("address", _BARE_ADDRESS)):
        ruler.before("text", name, _matching(pattern, name))
    ruler.at("link", _bracket)
    ruler.at("image", _image)
    ruler.push("superscript", _superscript)
    return parser


_KINDS = {
    "newline": "line-break",
    "escape": "escape",
    "backticks": "code",
    "autolink": "address",
    "html_inline": "html",
    "entity": "entity",
}
Rule = Callable[[StateInline, bool], bool]


def _noting(rule: Rule, kind: str) -> Rule:
    """A rule for one thing without text of its own, such as an escape, that notes where it stood."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        made = {token.type for token in state.tokens[count:]}
        if kind == "escape" and "hardbreak" in made:
            state.env["alone"].append(("line-break", (start, start + 2)))
        elif not silent and made - {"text", "softbreak"}:
            state.env["alone"].append((kind, (start, state.pos)))
        return True

    return noting


def _placing(rule: Rule) -> Rule:
    """A rule that makes a token of each delimiter, which then knows its place."""

    def placing(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, silent):
            return False
        place = state.pos
        for token in reversed(state.tokens):
            if place <= start:
                break
            place -= len(token.content)
            token.meta["at"] = place
        return True

    return placing


def _text(state: StateInline, silent: bool) -> bool:
    """Plain text up to the next character or address that may be markup."""
    mark = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    stop = mark.start() if mark else state.posMax
    # An address is found by its colon or dot, which stand behind its first letters.
    address = _BARE_ADDRESS.search(state.src, state.pos, state.posMax)
    stop = min(stop, address.start()) if address else stop
    if stop == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : stop]
    state.pos = stop
    return True


def _matching(pattern: re.Pattern[str], kind: str) -> Rule:
    """A rule for what a pattern matches."""

    def matching(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos, state.posMax)
        if not match:
            return False
        if not silent:
            state.push(kind, "", 0)
            state.env["alone"].append((kind, match.span()))
        state.pos = match.end()
        return True

    return matching


def _bracket(state: StateInline, silent: bool) -> bool:
    """[text](address), [text][label] and [text]{.class}."""
    if state.src[state.pos] != "[":
        return False
    return _labelled(state, silent, state.pos, "link", disable_nested=True)


def _image(state: StateInline, silent: bool) -> bool:
    """![text](address "title")."""
    if not state.src.startswith("![", state.pos):
        return False
    return _labelled(state, silent, state.pos + 1, "image", disable_nested=False)


def _labelled(state: StateInline, silent: bool, bracket: int, kind: str, disable_nested: bool) -> bool:
    end = state.md.helpers.parseLinkLabel(state, bracket, disable_nested)
    if end < 0:
        return False
    start, maximum = state.pos, state.posMax
    tail = _tail(state, end + 1, kind)
    if tail is None:
        return False
    stop, title, kind = tail
    if not silent:
        env = state.env
        if title:
            env["alone"].append(("title", (end, title[0])))
            env["pairs"].append((kind, (start, bracket + 1), (title[1], stop)))
        else:
            env["pairs"].append((kind, (start, bracket + 1), (end, stop)))
        state.pos, state.posMax = bracket + 1, end
        state.push("label_open", "a", 1)
        state.md.inline.tokenize(state)
        state.push("label_close", "a", -1)
    state.pos, state.posMax = stop, maximum
    return True


def _tail(state: StateInline, pos: int, kind: str) -> tuple[int, Span | None, str] | None:
    """What follows a label: where it ends, the span of its title, and the kind of the whole."""
    source, maximum = state.src, state.posMax
    label = _LABEL.match(source, pos, maximum)
    if label:
        return label.end(), None, kind
    attributes = _ATTRIBUTES.match(source, pos, maximum)
    if attributes and kind == "link":
        return attributes.end(), None, "span"
    if not source.startswith("(", pos):
        return None
    pos = _after_blank(source, pos + 1, maximum)
    target = state.md.helpers.parseLinkDestination(source, pos, maximum)
    if not target.ok or not state.md.validateLink(state.md.normalizeLink(target.str)):
        return None
    pos = _after_blank(source, target.pos, maximum)
    title = None
    if pos > target.pos:
        found = state.md.helpers.parseLinkTitle(source, pos, maximum)
        if found.ok:
            title = (pos + 1, found.pos - 1)
            pos = _after_blank(source, found.pos, maximum)
    if not source.startswith(")", pos) or pos >= maximum:
        return None
    return pos + 1, title if title and title[1] > title[0] else None, kind


def _after_blank(source: str, pos: int, maximum: int) -> int:
    match = _BLANK.match(source, pos, maximum)
    return match.end() if match else pos


def _superscript(state: StateInline, silent: bool) -> bool:
    """^2^."""
    if not _SUPERSCRIPT.match(state.src, state.pos, state.posMax):
        return False
    start, maximum = state.pos, state.posMax
    end = state.src.index("^", start + 1)
    if end >= maximum:
        return False
    if not silent:
        state.env["pairs"].append(("superscript", (start, start + 1), (end, end + 1)))
        state.pos, state.posMax = start + 1, end
        state.push("superscript_open", "sup", 1)
        state.md.inline.tokenize(state)
        state.push("superscript_close", "sup", -1)
    state.pos, state.posMax = end + 1, maximum
    return True
