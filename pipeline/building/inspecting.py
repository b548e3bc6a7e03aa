"""Runs the checks over the cards of a library: over those of which the findings are not known any more."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cached_property

from pipeline.building.card import Key
from pipeline.building.cards import Cards, Known
from pipeline.building.editions import Reader
from pipeline.cache import SHORT, digest, own_files
from pipeline.checking import context_of, weights, word_use
from pipeline.checks import Context
from pipeline.dictionaries import dictionary, verdicts_on
from pipeline.files import read_text
from pipeline.findings import Findings, Row, is_unknown_word, tally
from pipeline.model import PlainleafError, Severity
from pipeline.neighbours import take_note
from pipeline.remembering import KnownFindings
from pipeline.spelling.tokens import is_acronym
from pipeline.store import Store

_MANY = 40
"""Translations into one language that are worth a pass of their own through its dictionary."""


class Inspection:
    """The checks of a build. Findings hold as long as the card, and what the rest of the library says to them."""

    def __init__(self, cards: Cards, reader: Reader) -> None:
        """Raises PlainleafError for a mistake in the settings or the glossary."""
        self._cards, self._reader, self._library = cards, reader, cards.library
        self._words = Store(self._library.root, "words")
        self._context = self._with_words()
        self.known = KnownFindings(self._library.root, self._context)
        self._epochs: dict[str, str] = {}
        self._needed: dict[Key, bool] = {}

    def needs(self, key: Key) -> bool:
        """Whether the checks have to look at an article in a language."""
        if key not in self._needed:
            self._needed[key] = self._needs(key)
        return self._needed[key]

    def _needs(self, key: Key) -> bool:
        known = self._cards.known[key]
        row = _row(known)
        if not (known.stamp and row and row.base == self.known.base and self._remembered.issuperset(row.keys)):
            return True
        if not known.card.is_translation:
            return row.around != self._weighed
        return not (row.epoch and row.epoch == self._epoch(key[1])) and row.around != self._view(key)

    @cached_property
    def _remembered(self) -> frozenset[str]:
        return self.known.keys()

    def check(self, key: Key) -> None:
        """Run the checks on an article in a language. Raises PlainleafError when it cannot be read any more."""
        article_id, language = key
        if self._cards.known[key].card.is_translation:
            item = self._reader.translation(article_id, language)
            keys = self.known.translation_keys(item) if item else ()
            around, epoch = self.known.view(item) if item else "", self._epoch(language)
        else:
            keys = self.known.article_keys(self._reader.article(article_id))
            around, epoch = self._weighed, ""
        found = [finding for each in keys for finding in self.known.findings(each)]
        counts = Counter(f.severity for f in found if not is_unknown_word(f))
        unknown = sorted({f.message.casefold() for f in found if is_unknown_word(f)})
        row = Row(self.known.base, around, epoch, [counts[s] for s in Severity], unknown, keys)
        self._cards.known[key].checked = list(row)
        self._needed[key] = False
        self._cards.keep(key)

    def prepare(self, keys: Iterable[Key], executor: Executor) -> None:
        """Ask the dictionaries for the words of many translations, one language after the other.

        The checks go through the library article by article. Without this, all dictionaries would be in memory at once.
        """
        needed: dict[str, list[str]] = {}
        for key in keys:
            if self.needs(key) and self._cards.known[key].card.is_translation:
                needed.setdefault(key[1], []).append(key[0])
        if "translation-spelling" in self._library.settings.checks_off:
            return
        asked = {code: self._words_to_judge(code, listed) for code, listed in needed.items() if len(listed) >= _MANY}
        asked = {code: words for code, words in asked.items() if words}
        apply = executor.map if getattr(executor, "shares_files", False) else map
        for code, verdicts in zip(asked, apply(verdicts_on, asked, asked.values()), strict=True):
            if known := dictionary(code):
                known.verdicts.add(verdicts)

    def _words_to_judge(self, language: str, article_ids: Sequence[str]) -> list[str]:
        """The words of translations that their dictionary has not been asked for yet."""
        known = dictionary(language)
        if known is None:
            return []
        notes = self._cards.notes
        words = notes.words.pop(language, set())
        for article_id in set(article_ids) - notes.noted.get(language, set()):
            with contextlib.suppress(PlainleafError):
                path = self._library.catalogue_path(article_id, language)
                words |= take_note(read_text(path), path).words
        return sorted(word for word in words if not is_acronym(word) and not known.is_known(word))

    def hold(self, key: Key) -> None:
        """The findings of an article in a language are still right."""
        known = self._cards.known[key]
        row = Row(*known.checked)
        self.known.use(row.keys)
        if known.card.is_translation and row.epoch != (epoch := self._epoch(key[1])):
            known.checked = list(row._replace(epoch=epoch))
            self._cards.keep(key)

    def findings(self, keys: Iterable[Key]) -> Findings:
        """All that was found in these."""
        rows = [row for key in keys if key in self._cards.known and (row := _row(self._cards.known[key]))]
        return Findings(tally(rows), lambda: rows, self.known.findings)

    def write(self, *, is_whole: bool) -> None:
        """Keep what was found for the next build. is_whole: forget the findings of what is no longer there."""
        self.known.write(is_whole=is_whole)
        self._words.write(keep_others=not is_whole)

    def _view(self, key: Key) -> str:
        article_id, language = key
        folder = self._library.root / "translations" / language
        return self.known.view_of(folder, self._library.catalogue_path(article_id, language))

    def _epoch(self, language: str) -> str:
        if language not in self._epochs:
            self._epochs[language] = self._cards.inputs.epoch(f"translations/{language}/", ".po")
        return self._epochs[language]

    def _with_words(self) -> Context:
        """The context of the library's articles, with the words of those that have changed counted again."""
        spelling, inputs = self._library.settings.spelling, self._cards.inputs
        epoch = inputs.epoch("source/", ".md")
        program = digest(
            own_files("formats/", "report/", "cli/", "commands/", "overview/", "serving/", "desk/"), spelling
        )
        entry = self._words.get("epoch")
        if epoch and isinstance(entry, list) and entry[:2] == [epoch, program]:
            self._weighed = str(entry[2])
            return context_of(self._library, inputs.article_ids, _Words(self._words))
        use: Counter[str] = Counter()
        source = self._library.settings.language
        for article_id in inputs.article_ids:
            if (known := self._cards.known.get((article_id, source))) is not None:
                use.update(self._words_of(article_id, known.stamp and digest(known.stamp, program)))
        weighed = weights(use, spelling)
        self._weighed = digest(weighed)[:SHORT]
        self._words.put("library", weighed)
        self._words.put("epoch", [epoch, program, self._weighed])
        return context_of(self._library, inputs.article_ids, weighed)

    def _words_of(self, article_id: str, stamp: str) -> Iterable[str]:
        entry = self._words.get(f"article {article_id}")
        if stamp and isinstance(entry, list) and entry[0] == stamp:
            return str(entry[1]).split()
        words = list(word_use([self._reader.article(article_id)]))
        self._words.put(f"article {article_id}", [stamp, " ".join(words)])
        return words


class _Words(Mapping[str, int]):
    """The library's words, read when one is asked for: a build in which no article has changed asks for none."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _words(self) -> dict[str, int]:
        found = self._store.get("library")
        return found if isinstance(found, dict) else {}

    def __getitem__(self, word: str) -> int:
        return self._words[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def _row(known: Known) -> Row | None:
    return Row(*known.checked) if len(known.checked) == len(Row._fields) else None
