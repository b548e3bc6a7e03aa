"""Runs the checks over files, articles and their translations."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.catalogue import parse_catalogue
from pipeline.checks import (
    WEIGHS_LIBRARY,
    Context,
    TranslatedArticle,
    check_article,
    check_translation,
    refuse_unknown,
)
from pipeline.checks._speller import may_be_misspelt
from pipeline.files import read_text
from pipeline.findings import in_order, unknown_words_once
from pipeline.ignores import read_ignores
from pipeline.library import SETTINGS_FILE, WORD_LIST, Library, Settings, read_article, text_files
from pipeline.model import Article, Finding, Lines, PlainleafError
from pipeline.prose import units, words
from pipeline.pseudo import catalogue_text
from pipeline.spelling.lexicon import load as load_lexicon
from pipeline.translate import Translated, translate

_PORTION = 25
"""Articles that are handed to another process at a time."""
_LAST = (*WEIGHS_LIBRARY, "ignore")
"""Checks of articles that wait for the words of the whole library: a comment may switch one of them off."""
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run of the checks gave."""

    findings: tuple[Finding, ...]
    """Sorted by path and place."""
    errors: tuple[PlainleafError, ...]
    """Files that could not be read; the others were checked all the same."""
    articles: int
    translations: int


def check_paths(
    paths: Sequence[Path],
    library: Library | None,
    executor: Executor | None = None,
    *,
    with_translations: bool = True,
) -> Checked:
    """Check the files among these paths and in these folders, with the translations of library articles if wanted.

    A catalogue that is named, or a folder of them, is checked in any case, with no more of its article.
    executor: where the work is shared out; None for this process.
    Raises PlainleafError when a path is not there. A file that cannot be read is reported in the result.
    """
    catalogues = [path for path in paths if _is_of_catalogues(path, library)]
    paths = [path for path in paths if path not in catalogues]
    if executor and not catalogues:
        return _check_shared_out(list(text_files(paths)), library, executor, with_translations)
    articles, errors = read_articles(paths, library)
    context = library_context(library, articles)
    own = articles if with_translations else []
    translations = _translations_of(own, errors, library)
    if library and catalogues:
        seen = {item.catalogue.resolve() for item in translations}
        named = _named_catalogues(library, catalogues, errors)
        translations += [item for item in named if item.catalogue.resolve() not in seen]
    return _told(_checked(articles, translations, errors, context))


def _check_shared_out(
    files: Sequence[Path], library: Library | None, executor: Executor, with_translations: bool
) -> Checked:
    known = {path.resolve() for path in files}
    others = [path for path in library.article_paths() if path.resolve() not in known] if library else []
    # An article is read and checked in one go: to send it to and fro takes as long as many a check.
    context = _sent(context_of_use(library, Counter()))
    parts = list(
        executor.map(_check_some, _portions(files), repeat(library), repeat(context), repeat(with_translations))
    )
    use = sum((part.use for part in parts), Counter[str]())
    for found in executor.map(_word_use_of, _portions(others), repeat(library)):
        use.update(found)
    context = _sent(context_of_use(library, use))
    findings = [finding for part in parts for finding in part.checked.findings]
    unsettled = [article for part in parts for article in part.unsettled]
    for more in executor.map(_check_words, _portions(unsettled), repeat(context)):
        findings += more
    return _told(
        Checked(
            tuple(findings),
            tuple(error for part in parts for error in part.checked.errors),
            sum(part.checked.articles for part in parts),
            sum(part.checked.translations for part in parts),
        )
    )


def _portions(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    return [items[start : start + _PORTION] for start in range(0, len(items), _PORTION)]


def _sent(context: Context) -> bytes:
    return pickle.dumps(context)


@lru_cache(maxsize=1)
def _received(context: bytes) -> Context:
    """One context for all portions that a process gets: what is remembered of it holds for all of them."""
    received: Context = pickle.loads(context)
    return received


class _Part(NamedTuple):
    checked: Checked
    use: Counter[str]
    unsettled: list[Article]
    """Those of which the checks in _LAST may find something, once it is known what words the library uses."""


def _check_some(files: Sequence[Path], library: Library | None, sent: bytes, with_translations: bool) -> _Part:
    """What can be said of some files before it is known what words the library uses."""
    context = _received(sent)
    articles, errors = read_articles(files, library)
    use = word_use(articles)
    findings = [f for article in articles for f in check_article(article, context, lambda n: n not in _LAST)]
    translations = _translations_of(articles if with_translations else [], errors, library)
    for item in translations:
        findings += check_translation(item, context)
    unsettled = [article for article in articles if may_be_misspelt(article, context) or _has_ignores(article)]
    return _Part(Checked(tuple(findings), tuple(errors), len(articles), len(translations)), use, unsettled)


def _check_words(articles: Sequence[Article], sent: bytes) -> list[Finding]:
    context = _received(sent)
    return [f for article in articles for f in check_article(article, context, _LAST.__contains__)]


def _has_ignores(article: Article) -> bool:
    return bool(read_ignores(article.lines))


def _word_use_of(files: Sequence[Path], library: Library | None) -> Counter[str]:
    return word_use(read_articles(files, library)[0])


def _translations_of(
    articles: Sequence[Article], errors: list[PlainleafError], library: Library | None
) -> list[TranslatedArticle]:
    own = [article for article in articles if library and library.holds(article.path)]
    return list(translated_articles(library, own, errors)) if library else []


def _checked(
    articles: Sequence[Article],
    translations: Sequence[TranslatedArticle],
    errors: Sequence[PlainleafError],
    context: Context,
) -> Checked:
    findings = [found for article in articles for found in check_article(article, context)]
    for item in translations:
        findings += check_translation(item, context)
    return Checked(tuple(findings), tuple(errors), len(articles), len(translations))


def _told(checked: Checked) -> Checked:
    return replace(checked, findings=unknown_words_once(in_order(checked.findings)))


def translated_articles(
    library: Library, articles: Iterable[Article], errors: list[PlainleafError]
) -> Iterator[TranslatedArticle]:
    """Every article in every language that has a catalogue for it. A broken catalogue is added to the errors."""
    for article in articles:
        for language in library.settings.languages:
            try:
                item = translated_article(library, article, language)
            except PlainleafError as error:
                errors.append(error)
                continue
            if item:
                yield item


def _is_of_catalogues(path: Path, library: Library | None) -> bool:
    folder = library.root / "translations" if library else None
    inside = folder is not None and path.exists() and path.resolve().is_relative_to(folder.resolve())
    if path.suffix == ".po" and path.is_file() and not inside:
        raise PlainleafError(
            f"{path}: a catalogue is checked together with its article: run plainleaf check in the library that has "
            "it in translations/, or name the library with --library DIR"
        )
    return inside


def _named_catalogues(
    library: Library, paths: Sequence[Path], errors: list[PlainleafError]
) -> Iterator[TranslatedArticle]:
    """The articles' catalogues among these paths and in these folders, each once, with their articles."""
    places = [path.resolve() for path in paths]
    met = set()
    for source in library.article_paths():
        for language in library.settings.languages:
            catalogue = library.catalogue_path(library.article_id(source), language).resolve()
            named = [place for place in places if catalogue.is_relative_to(place)]
            met.update(named)
            if named and catalogue.is_file():
                try:
                    item = translated_article(library, library.read(source), language)
                except PlainleafError as error:
                    errors.append(error)
                    continue
                if item:
                    yield item
    for path, place in zip(paths, places, strict=True):
        if place not in met and place.is_file():
            errors.append(
                PlainleafError(
                    f"{path}: no article of the library has this catalogue: is its language among languages in "
                    f"{SETTINGS_FILE}, and is there a source/<topic>/{path.stem}.md?"
                )
            )


def translated_article(library: Library, article: Article, language: str) -> TranslatedArticle | None:
    """An article with its catalogue in a language; None when there is no catalogue.

    Raises PlainleafError when the catalogue is broken.
    """
    path = library.catalogue_path(article.id, language)
    text = catalogue_text(path, article.segments, language, f"source/{article.id}.md")
    if text is None:
        return None
    translated = translate(article, parse_catalogue(text, path), language)
    return TranslatedArticle(article, translated, path, Lines(text))


def translated(library: Library, article: Article, language: str) -> Translated | None:
    """An article in another language; None when there is no catalogue. Raises PlainleafError."""
    item = translated_article(library, article, language)
    return item.translated if item else None


def library_context(library: Library | None, articles: Iterable[Article]) -> Context:
    """What checks may know: the library's words and articles, or those of the files in hand."""
    known = {article.path.resolve(): article for article in articles}
    everything = list(known.values())
    for path in library.article_paths() if library else ():
        if library and path.resolve() not in known:
            try:
                everything.append(library.read(path))
            except PlainleafError:
                continue  # Told by the command that was asked to read it.
    return context_of_use(library, word_use(everything))


def context_of_use(library: Library | None, use: Mapping[str, int]) -> Context:
    """What checks may know beside the text in hand. use: of the words of all articles, as word_use counts it."""
    if library is None:
        return Context(Settings(), frozenset(), use, None)
    ids = map(library.article_id, library.article_paths())
    return context_of(library, ids, weights(use, library.settings.spelling))


def context_of(library: Library, article_ids: Iterable[str], library_words: Mapping[str, int]) -> Context:
    """What checks may know in a library of these articles and words.

    Raises PlainleafError for the name of a check that there is not, or a mistake in the glossary.
    """
    refuse_unknown(library.settings.checks_off, f"{library.root / SETTINGS_FILE}: checks_off")
    terms = library.glossary()
    kept = {word for term in terms if term.do_not_translate for name in term.words for word in words(name)}
    return Context(library.settings, own_words(library.root) | kept, library_words, frozenset(article_ids), terms)


def weights(use: Mapping[str, int], spelling: str) -> dict[str, int]:
    """How many articles use each word, as roughly as the speller weighs it: one more or less seldom makes a difference.

    use: of a library. Counts above four are rounded down to a power of two or one and a half times that. Words of the
    dictionary that one article alone has are left out. So what was found in an article stands when another one changes.
    """
    known = load_lexicon(spelling).words
    return {word: _rounded(count) for word, count in use.items() if count > 1 or word not in known}


def _rounded(count: int) -> int:
    power = 1 << (count.bit_length() - 1)
    return count if count < 5 else power + power // 2 * (count >= power + power // 2)


def own_words(root: Path) -> frozenset[str]:
    """The library's word list: one word a line; what follows a # is a comment."""
    path = root / WORD_LIST
    if not path.is_file():
        return frozenset()
    lines = (line.partition("#")[0].strip() for line in read_text(path).splitlines())
    return frozenset(line for line in lines if line)


def word_use(articles: Iterable[Article]) -> Counter[str]:
    """For each word in lower case the number of articles that use it."""
    use: Counter[str] = Counter()
    for article in articles:
        found = chain.from_iterable(words(unit.text) for unit in units(article))
        use.update(set(map(str.lower, found)))
    return use


def read_articles(paths: Sequence[Path], library: Library | None) -> tuple[list[Article], list[PlainleafError]]:
    """The articles among these paths and in these folders, and what could not be read of them.

    Raises PlainleafError when a path is not there.
    """
    articles: list[Article] = []
    errors: list[PlainleafError] = []
    word_list = (library.root / WORD_LIST).resolve() if library else None
    for path in text_files(paths):
        if path.resolve() == word_list:
            continue
        try:
            if library and library.holds(path):
                name = path.resolve().relative_to(library.source.resolve()).with_suffix("").as_posix()
                articles.append(read_article(path, name, library.settings.language))
            else:
                articles.append(read_article(path, path.stem, "en"))
        except PlainleafError as error:
            errors.append(error)
    return articles, errors
