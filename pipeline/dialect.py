"""The one Markdown dialect, as two parsers see it: pandoc's reader and markdown-it-py's block rules.

They are set side by side here so that they cannot drift; tests/test_dialect.py runs both over the same
texts. It is pandoc's commonmark_x without what would turn plain prose into something else: "$5 to $10"
is no formula, "[Symptoms]" no link to a heading, "a) b" no list, straight quotes stay straight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

READER = (
    "commonmark_x-smart-tex_math_dollars-emoji-raw_attribute-alerts-task_lists"
    "-subscript-fancy_lists-implicit_header_references-yaml_metadata_block"
)
"""For pandoc's -f."""

_DIV_FENCE = re.compile(r":{3,}[ \t]*(?P<attributes>\{[^{}]*\}|[^\s{}:]+)?[ \t]*:*[ \t]*$")


_TWO_LINES = re.compile(r"^[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_THREE = re.compile(r"([*_-])[ \t]*\1[ \t]*\1")
_DEFINED = re.compile(r"^[ \t>]*[:~]", re.MULTILINE)
_NEEDED: Mapping[str, Callable[[str], object]] = {
    "table": lambda text: "|" in text,
    "code": lambda text: "\t" in text or "    " in text,
    "attr": lambda text: "{" in text,
    "div_fence": lambda text: ":::" in text,
    "fence": lambda text: "```" in text or "~~~" in text,
    "blockquote": lambda text: ">" in text,
    "hr": _THREE.search,
    "footnote_def": lambda text: "[^" in text,
    "reference": lambda text: "]:" in text,
    "html_block": lambda text: "<" in text,
    "heading": lambda text: "#" in text,
    "lheading": _TWO_LINES.search,
    "deflist": _DEFINED.search,
}
"""Block rule -> whether a text has what the rule needs to find anything. They are tried at each line of a text."""


def parse_blocks(text: str, env: MutableMapping[str, Any] | None = None) -> list[Token]:
    """The block tokens of a text without front matter; its inline text is left unparsed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    idle = tuple(name for name, needed in _NEEDED.items() if not needed(text))
    return _parser_without(idle).parse(text, {} if env is None else env)


@lru_cache(maxsize=256)
def _parser_without(idle: tuple[str, ...]) -> MarkdownIt:
    parser = block_parser.__wrapped__()
    parser.block.ruler.disable(idle)
    return parser


@lru_cache(maxsize=1)
def block_parser() -> MarkdownIt:
    """markdown-it-py with all block rules of the dialect."""
    parser = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
    parser.use(footnote_plugin).use(deflist_plugin).use(attrs_block_plugin)
    parser.block.ruler.before(
        "fence",
        "div_fence",
        _div_fence,
        {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def", "deflist"]},
    )
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _div_fence(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line that opens or closes a fenced div. Divs need no nesting here: only their text matters."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _DIV_FENCE.match(line)
    if not match:
        return False
    depth = state.env.get("div_depth", 0)
    opens = match["attributes"] is not None
    if not opens and depth == 0:
        return False
    if not silent:
        state.env["div_depth"] = depth + (1 if opens else -1)
        token = state.push("div_fence", "", 0)
        token.map = [start, start + 1]
        state.line = start + 1
    return True


_TICKS = re.compile(r"`+")


def without_code(text: str, fill: str = " ") -> str:
    """Inline Markdown with its code taken out. fill: what stands for each character of it.

    A run of backticks opens code only where one as long closes it (CommonMark 6.1). In one walk: a pattern that looks
    for the end from every backtick takes hours for a text of backticks alone.
    """
    if "`" not in text:
        return text
    runs = [match.span() for match in _TICKS.finditer(text)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    parts, position, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same:
            parts += [text[position:start], fill * (runs[same[-1]][1] - start)]
            position, index = runs[same[-1]][1], same[-1]
        index += 1
    return "".join([*parts, text[position:]])
