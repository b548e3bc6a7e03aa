"""Who has signed a translation, and whether the signature still holds: a record beside the catalogue.

The record is a file of its own, <article>.signatures.toml, because Poedit, Weblate and msgmerge rewrite
catalogues. A signature holds for pairs of a source text and its translation: whichever of the two changes,
the pair has another digest and the signature no longer covers it.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from pipeline.files import read_text
from pipeline.model import PlainleafError, Role, Signature, Translation

HEAD = """\
# Who signed this translation, and exactly what: written by plainleaf sign.
# A line of segments stands for one source text with its translation. Keep this file in version control.

"""
INTERFACE = "interface"
"""Name under which the words are signed that outputs add to every article, and the titles of the topics."""

DIGEST_LENGTH = 32
"""Hexadecimal digits of SHA-256 that are kept: 128 bits."""
_TEXTS = ("name", "credential", "method", "text")


@dataclass(frozen=True, slots=True)
class SignOff:
    """How far the present text of a translation is signed."""

    signatures: tuple[Signature, ...]
    """Those that cover something that readers see now, in the order of signing."""
    unsigned: tuple[tuple[Role, tuple[Translation, ...]], ...]
    """For each role that the library wants, what readers see and nobody in that role has signed."""
    missing_roles: tuple[Role, ...]
    """Roles in which nobody has signed anything that still stands."""
    is_rearranged: bool
    """Whether segments were moved, added or taken out since the last signature."""

    in_both: tuple[str, ...] = ()
    """People who have signed in more than one role that the library wants: nobody checks their own work."""

    @property
    def is_complete(self) -> bool:
        """Whether all that readers see in their language is signed in every role, each by other people."""
        return not self.in_both and not any(left for _, left in self.unsigned)

    @property
    def state(self) -> str:
        """unsigned, signed, or out of date."""
        if self.missing_roles:
            return "unsigned"
        return "signed" if self.is_complete and not self.is_rearranged else "out of date"


def segment_digest(language: str, translation: Translation) -> str:
    """The digest of one source text with its translation into a language."""
    return pair_digest(language, translation.segment.text, translation.text)


def pair_digest(language: str, msgid: str, msgstr: str) -> str:
    """The digest of a source text with its translation into a language, as a catalogue has them."""
    return _digest([language, msgid, msgstr])


def text_digest(language: str, translations: Iterable[Translation]) -> str:
    """The digest of all that readers see in their language, in its order."""
    return _digest([segment_digest(language, t) for t in translations if t.printable])


def sign_off(
    signatures: Sequence[Signature], language: str, translations: Sequence[Translation], roles: Sequence[Role]
) -> SignOff:
    """Hold the signatures against the present text. translations: of every segment, in the article's order."""
    printed = [(segment_digest(language, t), t) for t in translations if t.printable]
    present = {digest for digest, _ in printed}
    standing = tuple(s for s in signatures if present & set(s.segments))
    covered = {role: {d for s in standing if s.role is role for d in s.segments} for role in roles}
    unsigned = tuple((role, tuple(t for d, t in printed if d not in covered[role])) for role in roles)
    text = text_digest(language, translations)
    latest = {s.role: s.text for s in standing}
    return SignOff(
        standing,
        unsigned,
        tuple(role for role in roles if role not in latest),
        any(latest[role] != text for role in roles if role in latest),
        tuple(_in_both([s for s in standing if s.role in roles])),
    )


def same_name(name: str) -> str:
    """A person's name as it is compared: without the differences of capitals, spaces and characters nobody sees."""
    seen = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return " ".join(seen.split()).casefold()


def _in_both(signatures: Sequence[Signature]) -> Iterator[str]:
    roles: dict[str, set[Role]] = {}
    for signature in signatures:
        known = roles.setdefault(same_name(signature.name), set())
        if known and signature.role not in known:
            yield signature.name
        known.add(signature.role)


def read_signatures(path: Path) -> tuple[Signature, ...]:
    """The record at this path; empty when there is none.

    Raises PlainleafError when it is broken or was changed by other means than signing.
    """
    if not path.is_file():
        return ()
    remedy = "restore it from version control, or delete it and sign again"
    try:
        rows = tomllib.loads(read_text(path)).get("signature", [])
        return tuple(_read(row) for row in rows)
    except tomllib.TOMLDecodeError as error:
        raise PlainleafError(f"{path}: not a valid record of signatures: {error}; {remedy}") from None
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise PlainleafError(f"{path}: this record of signatures does not hold ({error}); {remedy}") from None


def render(signatures: Iterable[Signature]) -> str:
    """The text of a record."""
    return HEAD + tomli_w.dumps({"signature": [_row(signature) for signature in signatures]})


def _read(row: dict[str, Any]) -> Signature:
    texts = {name: row[name] for name in _TEXTS}
    segments = tuple(row["segments"])
    if not all(isinstance(text, str) for text in (*texts.values(), *segments)):
        raise ValueError("a text is no text")
    signature = Signature(role=Role(row["role"]), date=row["date"], segments=segments, **texts)
    if row["digest"] != _seal(signature):
        raise ValueError(f"what {signature.name} signed was changed afterwards")
    return signature


def _row(signature: Signature) -> dict[str, Any]:
    return {
        "role": signature.role.value,
        "name": signature.name,
        "credential": signature.credential,
        "date": signature.date,
        "method": signature.method,
        "text": signature.text,
        "digest": _seal(signature),
        "segments": list(signature.segments),
    }


def _seal(signature: Signature) -> str:
    """The digest of the whole signature: a line changed by hand or in a merge does not pass unseen."""
    s = signature
    return _digest([s.role, s.name, s.credential, s.date.isoformat(), s.method, s.text, *s.segments])


def _digest(texts: Sequence[str]) -> str:
    encoded = json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.sha256(encoded).hexdigest()[:DIGEST_LENGTH]
