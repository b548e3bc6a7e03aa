"""The strings of a PO file: escapes, and how a long one is broken into lines."""

from __future__ import annotations

import re

WIDTH = 100
"""Characters of a line that we write. Lines that others wrote keep their own."""

_ESCAPE = re.compile(r"\\(?:([abfnrtv\\\"'?])|x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)
_NAMED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def keyword_lines(keyword: str, value: str) -> list[str]:
    """A keyword with its string, on one line where it fits, else broken after blanks and line feeds."""
    escaped = escape(value)
    if len(keyword) + len(escaped) + 3 <= WIDTH and "\\n" not in escaped[:-2]:
        return [f'{keyword} "{escaped}"']
    lines: list[str] = []
    for piece in re.findall(r"(?:(?!\\n)(?:\\.|[^\\]))*\\n|(?:\\.|[^\\])+?$", escaped, re.DOTALL):
        line = ""
        for word in re.findall(r"\S*\s*", piece):
            if line and len(line) + len(word.rstrip()) > WIDTH - 2:
                lines.append(line)
                line = ""
            line += word
        lines.append(line)
    return [f'{keyword} ""', *(f'"{line}"' for line in lines if line)]


def escape(value: str) -> str:
    """A text as it stands between the quotation marks of a PO file."""
    for character, code in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        value = value.replace(character, code)
    return value


def unescape(text: str) -> str:
    """The text between the quotation marks of a PO file as it is meant."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED.get(match[1], match[1])
    if match[2]:
        return chr(int(match[2], 16))
    return chr(int(match[3], 8)) if match[3] else match[0]
