"""Signs translations: a person answers for what readers see, segment by segment."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.catalogue import approved, read_catalogue
from pipeline.checking import library_context
from pipeline.checks import TranslatedArticle, check_translation
from pipeline.clock import today
from pipeline.files import read_text, replace_text
from pipeline.interface import interface_messages
from pipeline.library import LIBRARY_CATALOGUE, Library
from pipeline.model import Finding, PlainleafError, Role, Segment, Severity, Signature, State, Translation
from pipeline.signatures import (
    INTERFACE,
    SignOff,
    read_signatures,
    render,
    same_name,
    segment_digest,
    sign_off,
    text_digest,
)


def signer(
    role: str,
    name: str,
    credential: str,
    *,
    method: str = "",
    day: datetime.date | None = None,
    named: Callable[[str], str] = str,
) -> Signature:
    """A person who is about to sign, without what they sign.

    day: None for today. named: what a field is called in a message. Raises PlainleafError for what cannot be.
    """
    for field, text in (("name", name), ("credential", credential)):
        if not text.strip():
            raise PlainleafError(f"{named('as')} {role} needs {named(field)}: a signature says who signs")
    day = day or today()
    if day > today() + datetime.timedelta(days=1):
        raise PlainleafError(f"{named('date')}: {day.isoformat()} lies in the future")
    for field, text in (("name", name), ("credential", credential), ("method", method)):
        # Persian and Hindi names may need a joiner.
        if not re.sub("[\u200c\u200d]", "", " ".join(text.split())).isprintable():
            raise PlainleafError(f"{named(field)}: {text!r} holds a character that cannot be printed; type it again")
    name, credential, method = (" ".join(text.split()) for text in (name, credential, method))
    return Signature(Role(role), name, credential, day, method, "", ())


def in_the_way(library: Library, item: TranslatedArticle) -> list[Finding]:
    """The errors that stand in what would be signed. A stale segment is none: readers do not see it."""
    return [
        found
        for found in check_translation(item, library_context(library, [item.source]))
        if found.severity is Severity.ERROR and found.check != "stale"
    ]


@dataclass(frozen=True)
class Signable:
    """What is signed as one: the translation of an article, or the interface, in one language."""

    name: str
    """The article's id, or INTERFACE."""
    language: str
    record: Path
    """The file of its signatures."""
    translations: tuple[Translation, ...]
    catalogue: Path | None = None
    """Where its machine drafts are marked; None for the interface, whose catalogue is a part of Plainleaf."""

    @cached_property
    def signatures(self) -> tuple[Signature, ...]:
        """Its record. Raises PlainleafError when that is broken."""
        return read_signatures(self.record)

    def sign_off(self, roles: Sequence[str]) -> SignOff:
        """How far it is signed in the roles that the library wants. Raises PlainleafError.

        No mark can be taken from a machine's draft of the interface: it always waits for a translator's signature.
        """
        wanted = [Role(role) for role in roles]
        has_draft = any(t.state is State.DRAFT for t in self.translations)
        if not self.catalogue and has_draft and Role.TRANSLATOR not in wanted:
            wanted.insert(0, Role.TRANSLATOR)
        return sign_off(self.signatures, self.language, self.translations, wanted)


def signable_article(library: Library, item: TranslatedArticle) -> Signable:
    """The translation of an article."""
    language = item.translated.article.language
    record = library.signatures_path(item.source.id, language)
    return Signable(item.source.id, language, record, item.translated.translations, item.catalogue)


def signable_interface(library: Library, language: str) -> Signable:
    """What outputs add in a language. Raises PlainleafError when the catalogue of the topics is broken."""
    messages = list(interface_messages(language).items())
    path = library.catalogue_path(LIBRARY_CATALOGUE, language)
    topics = read_catalogue(path).messages if path.is_file() else {}
    titles = {library.settings.topic_title(folder) for folder in library.topics()}
    # A title may be one of the interface's own words, and be translated otherwise: both are read.
    messages += ((title, topics[title]) for title in sorted(titles) if title in topics)
    translations = tuple(
        Translation(Segment(INTERFACE, msgid, 0, 0, 1, 1), m.text, m.state, m.line, m.previous) for msgid, m in messages
    )
    return Signable(INTERFACE, language, library.signatures_path(INTERFACE, language), translations)


class SignOffs:
    """How far each translation of a library is signed; a record is read once.

    errors: where a record that is broken is told; what it signed counts as unsigned.
    """

    def __init__(self, library: Library, errors: list[PlainleafError]) -> None:
        self._library = library
        self._errors = errors
        self._known: dict[tuple[str, str], SignOff] = {}

    def article(self, item: TranslatedArticle) -> SignOff:
        """Of the translation of an article."""
        return self._of(item.source.id, item.translated.article.language, lambda: signable_article(self._library, item))

    def interface(self, language: str) -> SignOff:
        """Of the words that outputs add in a language."""
        return self._of(INTERFACE, language, lambda: signable_interface(self._library, language))

    def is_checked(self, item: TranslatedArticle) -> bool:
        """Whether all that readers see of it in their language is signed."""
        has_draft = item.translated.count(State.DRAFT) > 0
        interface = self.interface(item.translated.article.language)
        return not has_draft and self.article(item).is_complete and interface.is_complete

    def _of(self, name: str, language: str, find: Callable[[], Signable]) -> SignOff:
        if (name, language) not in self._known:
            # One article after the other is asked for, and a library's need not be held.
            for known in [key for key in self._known if key[0] not in (name, INTERFACE)]:
                del self._known[known]
            roles = self._library.settings.signatures
            signable = find()
            try:
                self._known[name, language] = signable.sign_off(roles)
            except PlainleafError as error:
                self._errors.append(error)
                self._known[name, language] = replace(signable, record=Path()).sign_off(roles)
        return self._known[name, language]


@dataclass(frozen=True, slots=True)
class Signing:
    """What a signature would change on disk."""

    signature: Signature
    signed: tuple[Translation, ...]
    """What the signature is given for, in the article's order."""
    files: tuple[tuple[Path, str | None, str], ...]
    """Each file with its text as it was read, None for none, and its new one: the catalogue before the record."""


def plan_signing(signable: Signable, signer: Signature, changed_only: bool) -> Signing:
    """What it means that a person signs.

    signer: the person, without digests. changed_only: sign what nobody in this role has signed; else everything
    that readers see. A translator's signature takes the marks of machine drafts away. Raises PlainleafError
    when the same person has signed in the other role, or nothing is left to sign.
    """
    role = signer.role
    _refuse_same_person(signable, signer)
    printed = [t for t in signable.translations if t.printable]
    if changed_only:
        ((_, printed_now),) = signable.sign_off([role]).unsigned
        printed = list(printed_now)
    if not printed:
        raise PlainleafError(
            f"{signable.name} ({signable.language}): nothing to sign: "
            + ("everything that readers see is signed already" if changed_only else "nothing is translated")
        )
    signature = replace(
        signer,
        text=text_digest(signable.language, signable.translations),
        segments=tuple(segment_digest(signable.language, t) for t in printed),
    )
    kept = [s for s in signable.signatures if s.role is not role or (changed_only and _stands(s, signable))]
    record = read_text(signable.record) if signable.record.is_file() else None
    files = [(signable.record, record, render([*kept, signature]))]
    if signable.catalogue and role is Role.TRANSLATOR:
        content = read_text(signable.catalogue)
        new = approved(content, signable.catalogue, {t.segment.text: t.text for t in printed})
        if new != content:
            files.insert(0, (signable.catalogue, content, new))
    return Signing(signature, tuple(printed), tuple(files))


def write_signing(signing: Signing) -> None:
    """Write what was planned, the catalogue first: a stop in between leaves it unsigned. Raises PlainleafError."""
    for path, before, after in signing.files:
        replace_text(path, before, after)


def withdraw(signable: Signable, role: Role) -> tuple[Signature, ...]:
    """Take every signature of a role back, and return them. Version control still has them. Raises PlainleafError."""
    before = read_text(signable.record) if signable.record.is_file() else ""
    gone = tuple(s for s in signable.signatures if s.role is role)
    if gone:
        left = [s for s in signable.signatures if s.role is not role]
        replace_text(signable.record, before, render(left))
    return gone


def _refuse_same_person(signable: Signable, signer: Signature) -> None:
    name = same_name(signer.name)
    for other in signable.signatures:
        if other.role is not signer.role and same_name(other.name) == name:
            raise PlainleafError(
                f"{signable.name} ({signable.language}): {other.name} has signed as {other.role.value} on "
                f"{other.date.isoformat()}; the {signer.role.value} must be another person"
            )


def _stands(signature: Signature, signable: Signable) -> bool:
    present = {segment_digest(signable.language, t) for t in signable.translations if t.printable}
    return bool(present & set(signature.segments))
