"""The checks. Each is one file with one function; the file's docstring is its documentation."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.glossary import Term
from pipeline.ignores import Ignore, read_ignores
from pipeline.language import load_language
from pipeline.library import Settings
from pipeline.messages import Message
from pipeline.model import Article, Finding, Lines, PlainleafError, Severity, Translation
from pipeline.translate import Translated


class Problem(NamedTuple):
    """What a check has found: a span and what to say of it."""

    start: int
    """Offset in characters into the article's text, or into the catalogue's for a translation."""
    end: int
    message: Message
    """What is wrong, and what to do; pages say it in their own language."""
    suggestions: tuple[str, ...] = ()
    severity: Severity | None = None
    """None: the check's own."""
    fix: str | None = None
    """What to put in the place of the span, where that is sure; None where a person must choose."""


@dataclass(frozen=True)
class Context:
    """What a check may know beside the text in hand."""

    settings: Settings = field(default_factory=Settings)
    own_words: frozenset[str] = frozenset()
    """The library's word list."""
    library_words: Mapping[str, int] = field(default_factory=dict)
    """Word in lower case -> number of the articles that use it."""
    article_ids: frozenset[str] | None = None
    """Every article of the library; None for a file outside of a library."""
    glossary: tuple[Term, ...] = ()
    """The library's terms."""

    @cached_property
    def explained_words(self) -> frozenset[str]:
        """Terms, and forms of them, that the glossary explains: in lower case."""
        return frozenset(word.lower() for term in self.glossary if term.explanation for word in term.words)


@dataclass(frozen=True)
class TranslatedArticle:
    """What a check of translations looks at."""

    source: Article
    translated: Translated
    catalogue: Path
    lines: Lines
    """The catalogue as a decoded text: problems point into it."""

    def span(self, translation: Translation) -> tuple[int, int]:
        """Where the msgstr of a message stands in the catalogue's text; (0, 0) when it is not there."""
        if not translation.line:
            return 0, 0
        text, begin = self.lines.text, self.lines.offset(translation.line)
        match = _MSGSTR.search(text, begin)
        return match.span("strings") if match else (begin, begin)


_MSGSTR = re.compile(r'^msgstr (?:""\r?\n(?="))?(?P<strings>"[^\r\n]*"(?:\r?\n"[^\r\n]*")*)', re.MULTILINE)
_F = TypeVar("_F", bound=Callable[..., Iterable["Problem"]])
PSEUDO_CHECKS = ("bidi-balance", "markup-changed", "phone-changed", "placeholder", "url-changed")
"""Those of translations that a pseudo-language has to pass: the others look at words."""
LONGEST_EXCERPT = 2000
"""Characters. A longer line is no line that a person wrote, and each finding on it would copy it."""
ArticleCheck = Callable[[Article, Context], Iterable[Problem]]
TranslationCheck = Callable[[TranslatedArticle, Context], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the registry."""

    name: str
    scope: str
    """article or translation."""
    severity: Severity
    standard: str
    function: Callable[..., Iterable[Problem]]
    documentation: str


WEIGHS_LIBRARY = ("repeated-word", "spelling")
"""Checks of articles that guess what was meant by how many articles of the library use each word, wherever it stands."""

OF_TRANSLATIONS = frozenset(
    """
    bidi_balance block_starter do_not_translate dose_changed doubled_word glossary_term inconsistent length markup_changed
    max_length negation_lost number_added number_missing phone_changed placeholder quotes_and_brackets source_words_left
    stale title_mismatch translation_grade translation_spelling unchanged untranslated url_changed wrong_script
    """.split()
)
"""Modules with checks of translations. One that is missing here is only imported for nothing when articles are checked."""

_registry: dict[str, Check] = {}


def article_check(severity: Severity, standard: str = "") -> Callable[[ArticleCheck], ArticleCheck]:
    """Registers a function that looks at one article. Its name, with hyphens, is the check's name."""
    return lambda function: _register(function, "article", severity, standard)


def translation_check(severity: Severity, standard: str = "") -> Callable[[TranslationCheck], TranslationCheck]:
    """Registers a function that looks at one article and its translation."""
    return lambda function: _register(function, "translation", severity, standard)


def _register(function: _F, scope: str, severity: Severity, standard: str) -> _F:
    name = function.__name__.replace("_", "-")
    documentation = import_module(function.__module__).__doc__ or ""
    _registry[name] = Check(name, scope, severity, standard, function, documentation)
    return function


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, sorted by name. Importing the package's modules registers them."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return tuple(_registry[name] for name in sorted(_registry))


def check_named(name: str) -> Check | None:
    """The check of this name; None when there is none."""
    return _registry.get(name) or next((check for check in all_checks() if check.name == name), None)


@cache
def _checks_of(scope: str) -> tuple[Check, ...]:
    """The checks of articles, or of translations, sorted by name."""
    if scope == "article":
        for module in pkgutil.iter_modules(__path__):
            if module.name not in OF_TRANSLATIONS:
                import_module(f"{__name__}.{module.name}")
        return tuple(_registry[name] for name in sorted(_registry) if _registry[name].scope == scope)
    return tuple(check for check in all_checks() if check.scope == scope)


def refuse_unknown(names: Collection[str], where: str) -> None:
    """Raise PlainleafError when one of these is the name of no check."""
    if not names:
        return
    known = [check.name for check in all_checks()]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            meant = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
            raise PlainleafError(f"{where}: there is no check {name!r}{meant}")


def check_article(article: Article, context: Context, wanted: Callable[[str], bool] = bool) -> Iterator[Finding]:
    """What every article check that is on, and whose name is wanted, has to say of an article."""
    ignores = read_ignores(article.lines)
    for check in (c for c in _enabled("article", context) if wanted(c.name)):
        for problem in check.function(article, context):
            found = finding(check, problem, article.path, article.lines)
            if not any(ignore.covers(check.name, found.line) for ignore in ignores):
                yield found


def switched_off(article: Article, context: Context, ignores: Sequence[Ignore]) -> Iterator[tuple[Ignore, str]]:
    """Each (comment, check) that switches a finding of this article off."""
    named = {name for ignore in ignores for name in ignore.checks}
    for check in _enabled("article", context):
        if check.name in named:
            for problem in check.function(article, context):
                line = article.lines.place(problem.start)[0]
                yield from ((ignore, check.name) for ignore in ignores if ignore.covers(check.name, line))


def check_translation(
    item: TranslatedArticle, context: Context, wanted: Callable[[str], bool] = bool
) -> Iterator[Finding]:
    """What every translation check that is on, and whose name is wanted, says of one article in one language."""
    ignores = read_ignores(item.lines, is_catalogue=True)
    is_pseudo = load_language(item.translated.article.language).pseudo
    for check in (c for c in _enabled("translation", context) if wanted(c.name)):
        if is_pseudo and check.name not in PSEUDO_CHECKS:
            continue
        for problem in check.function(item, context):
            found = finding(check, problem, item.catalogue, item.lines)
            if not any(ignore.covers(check.name, found.line) for ignore in ignores):
                yield found


def ignored_errors(item: Article | TranslatedArticle, context: Context) -> Iterator[tuple[Finding, str]]:
    """Findings of severity error that a comment switches off, each with the reason that the comment gives."""
    if isinstance(item, Article):
        scope, path, lines, ignores = "article", item.path, item.lines, read_ignores(item.lines)
    else:
        scope, path, lines = "translation", item.catalogue, item.lines
        ignores = read_ignores(lines, is_catalogue=True)
    named = {name for ignore in ignores for name in ignore.checks}
    for check in (c for c in _enabled(scope, context) if c.name in named):
        for problem in check.function(item, context):
            found = finding(check, problem, path, lines)
            covering = [ignore for ignore in ignores if ignore.covers(check.name, found.line)]
            if covering and found.severity is Severity.ERROR:
                yield found, covering[0].reason


def _enabled(scope: str, context: Context) -> list[Check]:
    return [c for c in _checks_of(scope) if c.name not in context.settings.checks_off]


def finding(check: Check, problem: Problem, path: Path, lines: Lines) -> Finding:
    """A problem with its place spelt out."""
    line, column = lines.place(problem.start)
    end_line, end_column = lines.place(problem.end)
    return Finding(
        check=check.name,
        severity=problem.severity or check.severity,
        path=path,
        start=problem.start,
        end=problem.end,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        message=problem.message,
        suggestions=problem.suggestions,
        standard=check.standard,
        excerpt=text if len(text := lines.line(line)) <= LONGEST_EXCERPT else "",
        fix=problem.fix,
    )
