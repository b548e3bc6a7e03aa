"""The register of the built-in rules. Each is a function whose docstring is its documentation."""

from __future__ import annotations

import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from pipeline.audit.model import Standards
from pipeline.model import Severity

_F = TypeVar("_F", bound=Callable[..., Iterator[Any]])
_EXAMPLE = re.compile(r"^(Bad|Good):\n((?:(?:    .*)?\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the register."""

    name: str
    scope: str
    """page (an HTML page or a document of an EPUB), web (an HTML page only), book (an EPUB) or pdf."""
    severity: Severity
    standards: Standards
    function: Callable[..., Iterator[Any]]
    documentation: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of files that it looks at."""
        return {"page": ("html", "epub"), "web": ("html",), "book": ("epub",), "pdf": ("pdf",)}[self.scope]

    @property
    def summary(self) -> str:
        """The rule in a sentence."""
        return " ".join(self.documentation.partition("\n\n")[0].split())

    @property
    def why(self) -> str:
        """What it means to a reader."""
        match = re.search(r"^Why: (.*?)(?:\n\n|\n(?=Bad:|Good:)|\Z)", self.documentation, re.MULTILINE | re.DOTALL)
        return " ".join(match[1].split()) if match else ""

    def examples(self, kind: str) -> tuple[str, ...]:
        """The documentation's examples, "Bad" or "Good"."""
        found = _EXAMPLE.findall(self.documentation + "\n")
        return tuple(textwrap.dedent(text).strip() for name, text in found if name == kind)


_registry: dict[str, Rule] = {}


def rule(
    scope: str,
    severity: Severity,
    *wcag: str,
    pdfua: str = "",
    matterhorn: tuple[str, ...] = (),
    epub: str = "",
    other: tuple[str, ...] = (),
) -> Callable[[_F], _F]:
    """Registers a function as a rule; its name, with hyphens, is the rule's."""

    def register(function: _F) -> _F:
        name = function.__name__.replace("_", "-")
        assert name not in _registry, name
        standards = Standards(wcag, pdfua, matterhorn, epub, other)
        documentation = textwrap.dedent("    " + (function.__doc__ or "")).strip()
        _registry[name] = Rule(name, scope, severity, standards, function, documentation)
        return function

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, sorted by name. Importing the modules of pipeline.audit.rules registers them."""
    package = import_module("pipeline.audit.rules")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return tuple(_registry[name] for name in sorted(_registry))
