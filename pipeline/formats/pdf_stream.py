"""Reads the instructions of a PDF's content stream (ISO 32000-2:2020, clauses 7.2, 7.3 and 7.8.2).

pikepdf reads them too, but makes an object of each operand: a page of Arabic has tens of thousands, and took a
tenth of a second. Here an instruction keeps its place, so that those which stay can be copied as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Operand = Any
"""A number as float, a name as str with its slash, a string as bytes, an array as list, a dictionary as dict."""


class Instruction(NamedTuple):
    """An operator with its operands, which nobody may change: instructions that are written alike share them.

    A text object is one instruction, BT, with the bytes between BT and ET: many are alike, and need be read but once.
    """

    operator: str
    operands: Sequence[Operand]
    start: int
    """Where its first operand begins, in bytes."""
    end: int


_TOKEN = re.compile(
    rb"""
    [\0\t\n\f\r ]*+(?:
    (?P<number>[+-]?(?:\d+\.?\d*|\.\d+))
    |(?P<operator>[A-Za-z'"][A-Za-z0-9*]*)
    |(?P<name>/[^\0\t\n\f\r ()<>\[\]{}/%]*)
    |(?P<string>\()
    |(?P<open><<|\[)
    |(?P<close>>>|\])
    |<(?P<hex>[0-9A-Fa-f\0\t\n\f\r ]*)>
    |(?P<nothing>%[^\r\n]*|$)
    )""",
    re.VERBOSE,
)
_INSTRUCTION = re.compile(
    rb"""
    [\0\t\n\f\r ]*+(
    (?:[-+.\d\0\t\n\f\r \[\]]++|/[^\0\t\n\f\r ()<>\[\]{}/%]*+|<[<0-9A-Fa-f]*+|>++|\((?:[^()\\]++|\\.)*+\))*+
    [A-Za-z'"][A-Za-z0-9*]*+
    )""",
    re.VERBOSE | re.DOTALL,
)
"""One that has no bracket within a string, and no comment."""
_TEXT = re.compile(
    rb"""
    (?:[^(/E%]++|/[^\0\t\n\f\r ()<>\[\]{}/%]*+|\((?:[^()\\]++|\\.)*+\)|E(?!T(?![A-Za-z0-9*])))*+
    ET""",
    re.VERBOSE | re.DOTALL,
)
"""What follows BT, with the same limits."""
_IN_STRING = re.compile(rb"[()\\]")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS = {b"true": True, b"false": False, b"null": None}


Known = dict[bytes, tuple[str, Sequence[Operand]]]
"""Instructions that were read before, as they are written."""


def instructions(stream: bytes, read: Known) -> Iterator[Instruction]:
    """The instructions of a decoded stream, in order. Raises ValueError for what is none."""
    at = 0
    while found := instruction(stream, at, read):
        at = found.end
        yield found


def instruction(stream: bytes, at: int, read: Known) -> Instruction | None:
    """The instruction that begins at a place, or after the white space there. Raises ValueError for what is none."""
    simple = _INSTRUCTION.match(stream, at)
    known = read.get(simple[1]) if simple else None
    if simple and known:
        return Instruction(known[0], known[1], simple.start(1), simple.end())
    found = _next(stream, at)
    if found is None:
        return None
    if found.operator == "BT":
        end = _text_end(stream, found.end)
        return Instruction("BT", (stream[found.end : end - 2],), found.start, end)
    if simple and simple.end() == found.end:
        read[simple[1]] = found[:2]
    return found


def _text_end(stream: bytes, at: int) -> int:
    if simple := _TEXT.match(stream, at):
        return simple.end()
    while found := _next(stream, at):
        at = found.end
        if found.operator == "ET":
            return at
    raise ValueError("BT without ET")


def _next(stream: bytes, at: int) -> Instruction | None:
    stack: list[list[Operand]] = [[]]
    start: int | None = None
    while True:
        token = _TOKEN.match(stream, at)
        kind = token and token.lastgroup
        if token is None or kind is None:
            raise ValueError(f"no PDF token at byte {at}")
        begin, at, written = token.start(kind) - (kind == "hex"), token.end(), token[kind]
        if kind == "nothing":
            if at < len(stream):
                continue
            if start is None:
                return None
            raise ValueError("operands without an operator")
        start = begin if start is None else start
        if kind == "operator" and written not in _WORDS:
            if len(stack) > 1 or written == b"BI":
                raise ValueError(f"{written.decode()} at byte {begin}: not read here")
            return Instruction(written.decode("ascii"), stack[0], start, at)
        if kind == "open":
            stack.append([])
        elif kind == "close":
            if len(stack) == 1:
                raise ValueError(f"nothing to close at byte {begin}")
            items = stack.pop()
            stack[-1].append(items if written == b"]" else dict(zip(items[::2], items[1::2], strict=True)))
        elif kind == "string":
            at = _string_end(stream, begin)
            stack[-1].append(unescaped(stream[begin + 1 : at - 1]))
        else:
            stack[-1].append(_simple(kind, written))


def _simple(kind: str, written: bytes) -> Operand:
    """A number, a name, a string in hexadecimal digits, true, false or null."""
    if kind == "number":
        return float(written)
    if kind == "name":
        return _name(written)
    if kind == "hex":
        digits = written.translate(None, b"\0\t\n\f\r ").decode("ascii")
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _WORDS[written]


def text_of(value: bytes) -> str:
    """The text of a text string, such as /ActualText (clause 7.9.2.2)."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8")
    return value.decode("pdfdoc_pikepdf")


def _name(written: bytes) -> str:
    return _NAME_CODE.sub(lambda code: bytes([int(code[1], 16)]), written).decode("utf-8", "surrogateescape")


def _string_end(stream: bytes, begin: int) -> int:
    """The place after the bracket that closes the one at ``begin``."""
    depth, at = 0, begin
    while found := _IN_STRING.search(stream, at):
        at = found.end()
        if found[0] == b"\\":
            at += 1
        elif found[0] == b"(":
            depth += 1
        elif found[0] == b")":
            depth -= 1
            if depth == 0:
                return at
    raise ValueError(f"the string at byte {begin} has no end")


def unescaped(string: bytes) -> bytes:
    """What a string between its brackets stands for (clause 7.3.4.2)."""
    if b"\\" not in string and b"\r" not in string:
        return string
    return _ESCAPE.sub(_meaning, string)


def _meaning(found: re.Match[bytes]) -> bytes:
    code, line_end, char = found.groups()
    if code:
        return bytes([int(code, 8) & 0xFF])
    if line_end:
        return b""
    return _ESCAPED.get(char, char) if char else b"\n"
