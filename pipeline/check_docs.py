"""Reads the docstring of a check: the rule, why it matters, the standard, and examples that tests run."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.checks import Check, all_checks

_EXAMPLE = re.compile(r"^(Bad|Good):\n((?:(?:    .*)?\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Documentation:
    """What a check's docstring says."""

    rule: str
    """Its first sentence."""
    details: str
    """Paragraphs between the rule and the reason; may be empty."""
    why: str
    standard: str
    bad: tuple[str, ...]
    """Texts in which the check finds something."""
    good: tuple[str, ...]
    """Texts in which it finds nothing."""


def documentation(check: Check) -> Documentation:
    """The parts of a check's docstring. Raises ValueError when one of them is missing."""
    text = check.documentation.strip() + "\n"
    examples = [(m[1], textwrap.dedent(m[2]).strip("\n") + "\n") for m in _EXAMPLE.finditer(text)]
    head = _EXAMPLE.split(text, maxsplit=1)[0]
    rule, _, rest = head.partition("\n\n")
    found = re.fullmatch(r"(?P<details>.*?)Why: (?P<why>.*?)\n\nStandard: (?P<standard>.*)", rest.strip(), re.DOTALL)
    bad = tuple(example for kind, example in examples if kind == "Bad")
    good = tuple(example for kind, example in examples if kind == "Good")
    if not found or not bad or not good:
        raise ValueError(f"{check.name}: its docstring needs Why:, Standard:, Bad: and Good:")
    parts = (rule, found["details"], found["why"], found["standard"])
    rule, details, why, standard = (" ".join(part.split()) for part in parts)
    return Documentation(rule, details, why, standard, bad, good)


@cache
def documentations() -> Mapping[str, Documentation]:
    """The name of each check, with the parts of its docstring."""
    return {check.name: documentation(check) for check in all_checks()}


def checks_page() -> str:
    """A page in Markdown that explains every check: docs/checks.md."""
    return "\n".join(["# The checks\n", *_checks()])


def _checks() -> Iterator[str]:
    yield "Severity *error* sets the exit status to 1. *Review* means that a person must look.\n"
    yield 'Switch a check off in `source/library.toml`: `checks_off = ["long-sentence"]`.\n'
    yield "| check | looks at | severity | rule |"
    yield "|---|---|---|---|"
    for check in all_checks():
        rule = documentation(check).rule
        yield f"| [{check.name}](#{check.name}) | {check.scope} | {check.severity.value} | {rule} |"
    for check in all_checks():
        found = documentation(check)
        yield f"\n## {check.name}\n"
        yield f"{found.rule} {found.details}".strip() + "\n"
        yield f"**Why:** {found.why}\n"
        yield f"**Standard:** {found.standard}"
        for label, examples in (("Found", found.bad), ("Fine", found.good)):
            for example in examples:
                fence = "po" if "msgid" in example else "markdown"
                yield f"\n{label}:\n\n````{fence}\n{example}````"
    yield ""
