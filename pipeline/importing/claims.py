"""What a clinician must look at first, and what stands at one place: pictures, lists, emergencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.importing.blocks import ends_sentence
from pipeline.importing.classify import Classified
from pipeline.importing.markdown import is_emergency
from pipeline.importing.nouns import Block, Label, Unsettled, unsettled_at
from pipeline.importing.shapes import PICTURE, has_picture
from pipeline.importing.vocabulary import Words, terms

_SITE = re.compile(
    r"\b(?:this (?:web ?)?site|this page|this section|this (?:condition )?cent(?:er|re)|our (?:web ?)?site|click|"
    r"este sitio|esta página|haga clic|ce site|cette page|cliquez|diese seite|этот сайт|на сайте)\b|"
    r"هذا الموقع|इस वेबसाइट|本网站|本站|trang web này"
)
"""In small letters, as the next one is: quicker than a pattern for both."""
_CLAIM = re.compile(
    r"\b(?:\d+ ?(?:mg|mcg|ml|units|tablets|puffs)|medicat\w+|medicines?|tablets?|antibiotic\w*|anticoag\w+|surgery|"
    r"operation|dose\w*|fatal|death|stroke|blood clots?|pregnan\w+|medicamentos?|cirugía|dosis|médicaments?|"
    r"chirurgie|doses?|таблет\w+|лекарств\w+|операци\w+|доз\w+|thuốc|phẫu thuật|liều)\b|"
    r"دواء|أدوية|جراحة|جرعة|दवा|सर्जरी|खुराक|药|手术|剂量"
)
_RARE = re.compile(r"\b(?:rare|rarely|uncommon|seldom|hardly ever)\b", re.IGNORECASE)
_USUAL = re.compile(r"\b(?:usual|usually|common|commonly|often|mostly|mainly)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")
_EVERYWHERE = frozenset(
    """sometimes condition conditions symptoms disease diseases infection treatment originally usually commonly doctor
    medicine medicines problems children different""".split()
)


def find_places(kept: Sequence[Block], words: Words) -> Iterator[Unsettled]:
    for block in kept:
        if is_emergency(block, words):
            yield unsettled_at(
                "emergency", block, "speaks of an emergency: it became an emergency card; look whether it should be one"
            )
        if has_picture(block.text):
            yield unsettled_at(
                "lost-picture",
                block,
                f"{PICTURE.findall(block.text)[0]}: the name of a picture stood in the text; it was taken out",
            )
        if "\ufffd" in block.text:
            yield unsettled_at(
                "lost-character",
                block,
                "a character could not be read when the page was saved (�): put the right one in",
            )
        if ends_sentence(block.text) and block.words <= 60 and _SITE.search(block.text.casefold()):
            yield unsettled_at(
                "speaks-of-the-site",
                block,
                "speaks of the website that it stood on: leave the sentence out, or say it anew",
            )


def find_items(kept: Sequence[Block]) -> Iterator[Unsettled]:
    """Lists: found again without markers, mixed full stops, items that name the same thing."""
    run: list[Block] = []
    for block in [*kept, None]:
        if block is not None and block.label is Label.LIST:
            run.append(block)
            continue
        if run:
            yield from _list(run)
        run = []


def _list(run: Sequence[Block]) -> Iterator[Unsettled]:
    lost = [block for block in run if not block.marker and not block.hint]
    if lost:
        yield unsettled_at(
            "list-restored",
            lost[0],
            f"{len(lost)} lines look like a list that lost its markers: look where it begins and ends",
        )
    seen: dict[str, Block] = {}
    for block in run:
        own = {word for word in terms(block.text) if len(word) >= 10}
        for word in sorted(own):
            if word in seen and sum(word in b.text.casefold() for b in run) == 2:
                yield unsettled_at(
                    "items-overlap",
                    block,
                    f'"{word}" is also in the item of line {seen[word].line.number}: say it once',
                )
            seen.setdefault(word, block)


def find_claims(result: Classified, kept: Sequence[Block]) -> Iterator[Unsettled]:
    """What a clinician must check first, and what the page calls rare in one place and usual in another."""
    claims = [block for block in kept if block.label is not Label.HEADING and _CLAIM.search(block.text.casefold())]
    if claims:
        lines = ", ".join(str(block.line.number) for block in claims[:40])
        more = f" and {len(claims) - 40} more" if len(claims) > 40 else ""
        message = f"lines that speak of medicines, operations, doses or grave harm: {lines}{more}: check them first"
        yield unsettled_at("clinical-claims", claims[0], message)
    if result.language != "en":
        return
    title = set(terms(result.title.text)) if result.title else set()
    rare: dict[str, Block] = {}
    usual: dict[str, Block] = {}
    for block in kept[:500]:
        for sentence in _SENTENCE.findall(block.text) if block.label is not Label.HEADING else ():
            target = rare if _RARE.search(sentence) else usual if _USUAL.search(sentence) else None
            if target is not None:
                target.update((word, block) for word in terms(sentence) if len(word) >= 8 and word not in title)
    for word in sorted(rare.keys() & usual.keys() - _EVERYWHERE):
        if rare[word] is not usual[word]:
            message = (
                f'"{word}" is called rare here and usual in line {usual[word].line.number}: have a clinician settle it'
            )
            yield unsettled_at("says-two-things", rare[word], message)
