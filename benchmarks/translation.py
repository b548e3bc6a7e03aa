"""Measures the checks on translations: what they find of injected errors, and what they say of good translations.

FOLDER holds <language>.tsv files, each line a source text, a tab and its professional translation. Errors are injected
into the translation with a seed: one digit changed, one unit exchanged for another (both are taken from pairs in which
the number and the unit are seen on both sides), and negations deleted. The negations to delete come from the short
lists below, which were written by hand from grammars and not from the checks' data. "All" deletes every one of a
segment, "one" deletes one by chance: where a translation doubles its negation, "one" may leave the sense as it was.

    python benchmarks/translation.py FOLDER [--rows even|odd|all] [--show LANGUAGE]
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import segments
from pipeline.checks import Context, Problem, TranslatedArticle, all_checks
from pipeline.language import known_languages
from pipeline.model import Article, Lines, Segment, Severity, State, Translation
from pipeline.numerals import digits
from pipeline.quantities import named, quantities
from pipeline.translate import Translated

CHECKS = (
    "bidi-balance", "block-starter", "do-not-translate", "dose-changed", "doubled-word", "glossary-term",
    "inconsistent", "length", "markup-changed", "negation-lost", "number-added", "number-missing", "phone-changed",
    "placeholder", "quotes-and-brackets", "unchanged", "url-changed", "wrong-script",
)  # fmt: skip
SOURCE_NEGATION = re.compile(r"\b(?:not|never|no|unless|cannot|without)\b|n['’]t\b", re.IGNORECASE)
NOT_A_NEGATION = re.compile(r"\bnot (?:only|just|merely)\b|\bno (?:more|later|longer|less|fewer) than\b", re.IGNORECASE)
NEGATIONS = {
    "es": r"\b(?:no|nunca|jamás|ni|ningún|ninguna|ninguno|sin(?! embargo)|nadie|nada|tampoco|a menos que|salvo que)\b",
    "fr": r"\b(?:ne|pas|jamais|aucun|aucune|sans|ni|rien|à moins|sauf)\b|\bn['’]",
    "ar": r"(?<!\w)(?:[وفب]?(?:لا|لم|لن|ليس|ليست|ليسوا|غير|دون|عدم)|بدون|بلا|وعدم|ما لم|ألا)(?!\w)",
    "hi": r"नहीं|(?<!\S)(?:न|ना|मत|बिना|बगैर)(?!\S)|रहित|जब तक",
    "zh": r"不|没有|没|无|未|非|除非|勿",
    "ru": r"\b(?:не|нет|ни|без|нельзя|никогда|никто|никаких)\b",
}
UNITS = {
    "es": [["minutos", "horas", "días", "semanas", "meses", "años"], ["mg", "g", "kg"], ["ml", "litros"], ["%", "mg"]],
    "fr": [["minutes", "heures", "jours", "semaines", "mois", "ans"], ["mg", "g", "kg"], ["ml", "litres"], ["%", "mg"]],
    "ar": [["دقيقة", "ساعة", "يومًا", "أسبوعًا", "شهرًا", "عامًا"], ["دقائق", "ساعات", "أيام", "أسابيع", "أشهر", "سنوات"]],
    "hi": [["मिनट", "घंटे", "दिन", "दिनों", "सप्ताह", "महीने", "वर्ष"], ["मिलीग्राम", "ग्राम"], ["%", "ग्राम"]],
    "zh": [["分钟", "小时", "天", "周", "个月", "岁"], ["毫克", "克"], ["%", "毫克"]],
    "ru": [["минут", "часов", "дней", "недель", "месяцев", "лет"], ["мг", "г", "кг"], ["%", "мг"]],
    "pt_BR": [["minutos", "horas", "dias", "semanas", "meses", "anos"], ["mg", "g", "kg"], ["%", "mg"]],
    "ur": [["منٹ", "گھنٹے", "دن", "ہفتے", "مہینے", "سال"], ["%", "ملی گرام"]],
}
Pairs = Sequence[tuple[str, str]]


def read(path: Path, rows: str) -> list[tuple[str, str]]:
    """The pairs of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    wanted = {"even": lines[::2], "odd": lines[1::2], "all": lines}[rows]
    return [(source, text) for source, _, text in (line.partition("\t") for line in wanted) if source and text]


def check(pairs: Pairs, code: str) -> tuple[list[set[Severity]], Counter[tuple[str, str]]]:
    """The severities that are found in each pair, and how often each check speaks."""
    found: list[set[Severity]] = [set() for _ in pairs]
    told: Counter[tuple[str, str]] = Counter()
    item = article(pairs, code)
    for each in all_checks():
        if each.name in CHECKS:
            for problem in each.function(item, Context()):
                severity = problem.severity or each.severity
                found[problem.start - 1].add(severity)
                told[each.name, severity] += 1
    return found, told


class _Place(TranslatedArticle):
    """An article whose problems point at the number of the pair."""

    def span(self, translation: Translation) -> tuple[int, int]:
        """The number of the pair, from 1, instead of a place in a file."""
        return translation.line, translation.line


def article(pairs: Pairs, code: str) -> TranslatedArticle:
    """The pairs as one translated article."""
    made = tuple(
        Translation(Segment("paragraph", source, 0, 0, 1, 1), text, State.TRANSLATED, number)
        for number, (source, text) in enumerate(pairs, 1)
    )
    source = Article(Path("a.md"), "a", "en", {}, "", ())
    target = Article(Path("a.md"), "a", code, {}, "", segments.extract(""))
    return _Place(source, Translated(target, made), Path("a.po"), Lines(""))


def changed_digits(pairs: Pairs, code: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each pair whose numbers stand in both texts, with one digit of one of them changed."""
    for source, text in pairs:
        ours = {n.value for n in digits(source, "en")}
        common = [n for n in digits(text, code) if n.value in ours]
        if common:
            number = chance.choice(common)
            places = [i for i in range(number.start, number.end) if text[i].isdecimal()]
            place = chance.choice(places)
            zero = ord(text[place]) - int(text[place])
            other = chance.choice([d for d in range(10) if chr(zero + d) != text[place] and (d or place != places[0])])
            yield source, text[:place] + chr(zero + other) + text[place + 1 :]


def changed_units(pairs: Pairs, language: str, code: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each pair whose source has a quantity, with the unit after a number of the translation exchanged."""
    for source, text in pairs:
        ours = {(q.value, q.unit) for q in quantities(source, "en")}
        places = []
        for row in UNITS.get(language, ()):
            inner = "|".join(re.escape(unit) for unit in sorted(row, key=len, reverse=True))
            places += [
                (m, row) for m in re.finditer(rf"(?<=\d)([\s\u00a0]?)({inner})(?![^\W\d_]|[\u0900-\u0963])", text)
            ]
        values = {n.end: n.value for n in digits(text, code)}
        places = [(m, row) for m, row in places if any(values.get(m.start()) == v for v, _ in ours)]
        if places:
            match, row = chance.choice(places)
            others = [u for u in row if named(u, code).isdisjoint(named(match[2], code))]
            if others:
                yield source, text[: match.start(2)] + chance.choice(others) + text[match.end(2) :]


def without_negation(pairs: Pairs, language: str, chance: random.Random, *, every: bool) -> Iterator[tuple[str, str]]:
    """Each pair whose two texts hold a negation, without that of the translation."""
    if language not in NEGATIONS:
        return
    pattern = re.compile(NEGATIONS[language], re.IGNORECASE)
    for source, text in pairs:
        places = list(pattern.finditer(text))
        if places and SOURCE_NEGATION.search(NOT_A_NEGATION.sub("", source)):
            one = chance.choice(places)
            yield source, pattern.sub(" ", text) if every else text[: one.start()] + " " + text[one.end() :]


def share_found(injected: Pairs, code: str) -> str:
    """How many pairs with an injected error have an error or a warning."""
    if not injected:
        return "-"
    found, _ = check(injected, code)
    hits = sum(bool(each & {Severity.ERROR, Severity.WARNING}) for each in found)
    return f"{hits}/{len(injected)} {100 * hits / len(injected):.1f}%"


def measure(path: Path, rows: str, seed: int, show: bool) -> None:
    """The row of one language."""
    language = path.stem
    code = "zh_Hans" if language == "zh" else language
    pairs = read(path, rows)
    if code not in known_languages() or not pairs:
        return
    found, told = check(pairs, code)
    rate = {s: 100 * sum(s in each for each in found) / len(pairs) for s in Severity}
    chance = random.Random(seed)
    figures = [
        share_found(list(changed_digits(pairs, code, chance)), code),
        share_found(list(changed_units(pairs, language, code, chance)), code),
        share_found(list(without_negation(pairs, language, chance, every=True)), code),
        share_found(list(without_negation(pairs, language, chance, every=False)), code),
    ]
    cells = [f"{rate[s]:.2f}" for s in (Severity.ERROR, Severity.WARNING, Severity.REVIEW)]
    print(f"| {language} | {len(pairs)} | " + " | ".join([*figures, *cells, f"{speed(pairs, code):,.0f}"]) + " |")
    if show:
        for (name, severity), count in sorted(told.items()):
            print(f"    {count:4} {severity} {name}")


def speed(pairs: Pairs, code: str) -> float:
    """Segments a second through all the checks, on texts that no cache has seen; the best of three."""
    times = []
    for turn in range(3):
        item = article([(f"{source} {'.' * turn}", f"{text} {'.' * turn}") for source, text in pairs], code)
        begin = time.perf_counter()
        for each in all_checks():
            if each.name in CHECKS:
                _run(each.function(item, Context()))
        times.append(time.perf_counter() - begin)
    return len(pairs) / min(times)


def _run(problems: object) -> None:
    assert isinstance(problems, Iterator)
    for problem in problems:
        assert isinstance(problem, Problem)


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--rows", choices=("even", "odd", "all"), default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="how often each check speaks")
    options = parser.parse_args()
    columns = "digit | unit | all negations | one negation | errors/100 | warnings/100 | reviews/100 | a second"
    print(f"| language | segments | {columns} |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for path in sorted(options.folder.glob("*.tsv")):
        measure(path, options.rows, options.seed, options.show)


if __name__ == "__main__":
    main()
