"""Catalogues: what translators and tools wrote is kept."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import po, segments
from pipeline.catalogue import read_catalogue
from pipeline.merging import Changes
from pipeline.model import PlainleafError, Segment, State
from pipeline.updating import updated

PATH = Path("es/care/cough.po")


def update(content: str | None, markdown: str) -> tuple[str, Changes]:
    return updated(content, PATH, segments.extract(markdown), "es", "source/care/cough.md")


def translate(content: str, **translations: str) -> str:
    for msgid, msgstr in translations.items():
        content = content.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    return content


def messages(content: str, tmp_path: Path) -> dict[str, tuple[str, State]]:
    path = tmp_path / "x.po"
    path.write_text(content, encoding="utf-8")
    return {msgid: (m.text, m.state) for msgid, m in read_catalogue(path).messages.items()}


def test_a_new_catalogue_tells_translators_where_each_text_stands() -> None:
    content, changes = update(None, "## Signs\n\n- pain\n")
    assert "Language: es" in content
    assert '#. Signs > list item\n#: source/care/cough.md\nmsgid "pain"' in content
    assert changes == Changes(added=2)


def test_an_update_without_a_change_changes_no_byte() -> None:
    content, _ = update(None, "## Signs\n\n- pain\n")
    content = translate(content, pain="dolor")
    again, changes = update(content, "## Signs\n\n- pain\n")
    assert again == content
    assert changes == Changes(kept=2)


def test_a_changed_text_is_fuzzy_with_its_previous_text(tmp_path: Path) -> None:
    content, _ = update(None, "Take 1 tablet a day.\n")
    content = translate(content, **{"Take 1 tablet a day.": "Tome 1 comprimido al día."})
    content, changes = update(content, "Take 2 tablets a day.\n")
    assert changes.fuzzy == 1
    assert '#| msgid "Take 1 tablet a day."' in content
    assert messages(content, tmp_path)["Take 2 tablets a day."] == ("Tome 1 comprimido al día.", State.FUZZY)
    content, _ = update(content, "Take 3 tablets a day.\n")
    assert '#| msgid "Take 1 tablet a day."' in content, "the text that the translation was made from"


def test_one_old_translation_is_offered_only_once() -> None:
    content, _ = update(None, "take one tablet\n")
    content = translate(content, **{"take one tablet": "tome uno"})
    _, changes = update(content, "take one tablet now\n\ndo not take one tablet\n")
    assert (changes.fuzzy, changes.added) == (1, 1)


def test_what_is_gone_becomes_obsolete_and_comes_back(tmp_path: Path) -> None:
    content, _ = update(None, "one long text\n\nquite another\n")
    content = translate(content, **{"one long text": "un texto"})
    content, changes = update(content, "quite another\n")
    assert changes.obsolete == 1
    assert '#~ msgstr "un texto"' in content
    content, changes = update(content, "quite another\n\none long text\n")
    assert changes.revived == 1
    assert messages(content, tmp_path)["one long text"] == ("un texto", State.TRANSLATED)


def test_comments_headers_and_flags_survive(tmp_path: Path) -> None:
    content, _ = update(None, "pain\n\nfever\n")
    content = content.replace('"Language: es\\n"', '"X-Generator: Poedit 3.4\\n"\n"Language: es\\n"')
    content = content.replace('msgid "pain"', 'msgid "pain"').replace(
        '#. paragraph\n#: source/care/cough.md\nmsgid "pain"',
        '# Asked the clinician on Monday\n#. paragraph\n#: source/care/cough.md\n#, no-wrap\nmsgid "pain"',
    )
    content, _ = update(content, "## New heading\n\npain\n\nfever\n")
    assert "X-Generator: Poedit 3.4" in content
    assert "# Asked the clinician on Monday" in content
    assert "#, no-wrap" in content


def test_a_machine_draft_is_told_from_a_translation(tmp_path: Path) -> None:
    content = 'msgid ""\nmsgstr ""\n\n# machine-draft: by a machine\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'
    assert messages(content, tmp_path) == {"a": ("b", State.DRAFT), "c": ("d", State.TRANSLATED)}


def test_renaming_a_heading_keeps_every_other_translation() -> None:
    content, _ = update(None, "## Signs\n\n- pain\n")
    content, changes = update(translate(content, Signs="Señales", pain="dolor"), "## What you notice\n\n- pain\n")
    assert changes.kept == 1
    assert "#. What you notice > list item" in content


def test_wrapping_a_paragraph_anew_changes_nothing() -> None:
    content, _ = update(None, "one two\nthree\n")
    assert update(content, "one\ntwo three\n")[0] == content


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_byte_order_mark_stay(mark: str, end: str) -> None:
    content, _ = update(None, "pain\n")
    written = mark + translate(content, pain="dolor").replace("\n", end)
    assert update(written, "pain\n")[0] == written


def test_a_broken_catalogue_is_told_with_its_line() -> None:
    with pytest.raises(PlainleafError, match=r"es/care/cough\.po:4: not a valid PO catalogue"):
        update('msgid ""\nmsgstr ""\n\nnonsense here\n', "pain\n")


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="msgfmt (gettext) is not installed")
def test_gettext_accepts_what_is_written(tmp_path: Path) -> None:
    content, _ = update(None, '---\ntitle: 50% off "now"\n---\n\nA\\\nB\n\n' + "long text " * 30)
    path = tmp_path / "x.po"
    path.write_text(content, encoding="utf-8")
    subprocess.run(["msgfmt", "-c", "-o", str(tmp_path / "x.mo"), str(path)], check=True)


def entries(content: str) -> set[tuple[str, str, str]]:
    return {(e.msgid, e.msgstr, e.comment) for e in po.parse(content).entries if e.msgid}


def test_real_catalogues_are_read_and_written_byte_for_byte(corpora: Path) -> None:
    for path in sorted((corpora / "comprehensive-rust" / "po").glob("*.po")):
        text = path.read_bytes().decode()
        assert po.parse(text).render() == text, path


def test_real_catalogues_keep_every_message_when_all_is_gone(corpora: Path) -> None:
    for path in sorted((corpora / "comprehensive-rust" / "po").glob("*.po")):
        text = path.read_bytes().decode()
        after, _ = updated(text, path, (), "x", "y")
        assert {e for e in entries(text) if e[1] or e[2]} <= entries(after), path
        assert updated(after, path, (), "x", "y")[0] == after


TABLET = "Take 1 tablet a day."
TABLETS = {TABLET: "Tome 1 comprimido al día."}


def test_a_caution_stands_on_a_grave_change_and_goes_when_it_is_resolved() -> None:
    content, _ = update(None, f"{TABLET}\n")
    changed, _ = update(translate(content, **TABLETS), "Take 2 tablets a day.\n")
    assert "#. caution: a number or its unit has changed\n#. paragraph\n" in changed
    assert update(changed, "Take 2 tablets a day.\n")[0] == changed, "a second update changes no byte"
    resolved = changed.replace("#, fuzzy\n", "").replace("Tome 1 comprimido", "Tome 2 comprimidos")
    assert "caution" not in update(resolved, "Take 2 tablets a day.\n")[0]


def test_a_harmless_change_has_no_caution() -> None:
    content, _ = update(None, f"{TABLET}\n")
    changed, changes = update(translate(content, **TABLETS), "Take just 1 tablet a day.\n")
    assert changes.fuzzy == 1 and "caution" not in changed


def test_a_mark_of_doubt_that_a_translator_set_has_no_caution() -> None:
    content, _ = update(None, f"{TABLET}\n")
    doubted = translate(content, **TABLETS).replace(f'msgid "{TABLET}"', f'#, fuzzy\nmsgid "{TABLET}"')
    assert update(doubted, f"{TABLET}\n")[0] == doubted


def test_a_text_that_returns_while_its_translation_is_fuzzy_says_so(tmp_path: Path) -> None:
    content, _ = update(None, f"{TABLET}\n")
    content, _ = update(translate(content, **TABLETS), "Take 2 tablets a day.\n")
    content, _ = update(content, f"{TABLET}\n")
    assert "#. note: the source is again what it was when this was translated" in content
    assert messages(content, tmp_path)[TABLET] == (TABLETS[TABLET], State.FUZZY), "a person must look"


def test_a_text_that_returns_finds_its_translation_though_another_text_is_nearer() -> None:
    content, _ = update(None, f"{TABLET}\n")
    content, _ = update(translate(content, **TABLETS), "Take 1 tablet in a week or so.\n")
    content, _ = update(content, f"Take 1 tablet in a week or 2.\n\n{TABLET}\n")
    (entry,) = (e for e in po.parse(content).entries if e.msgid == TABLET)
    assert entry.msgstr == TABLETS[TABLET]


def test_a_previous_text_that_was_left_behind_says_nothing(tmp_path: Path) -> None:
    content, _ = update(None, f"{TABLET}\n")
    content, _ = update(translate(content, **TABLETS), "Take 2 tablets a day.\n")
    content = content.replace("#, fuzzy\n", "").replace("Tome 1 comprimido", "Tome 2 comprimidos")
    path = tmp_path / "x.po"
    path.write_text(content, encoding="utf-8")
    assert read_catalogue(path).messages["Take 2 tablets a day."].previous == ""
    content, _ = update(content, "Take 3 tablets a day.\n")
    assert '#| msgid "Take 2 tablets a day."' in content, "what was translated last"


def test_what_the_author_says_goes_to_translators() -> None:
    content, _ = update(None, "<!-- translators: of a valve -->\n\nIt leaks.\n\nIt heals.\n")
    assert '#. paragraph\n#. translators: of a valve\n#: source/care/cough.md\nmsgid "It leaks."' in content
    assert '#. paragraph\n#: source/care/cough.md\nmsgid "It heals."' in content


def test_a_heading_breaks_no_comment_and_passes_for_no_mark(tmp_path: Path) -> None:
    content, _ = update(None, "Long\\\nheading\n===\n\npain\n\n# offer: rest\n\nfever\n")
    assert "#. Long\\ heading > paragraph\n" in content
    fuzzy = translate(content, fever="fiebre").replace('msgid "fever"', '#, fuzzy\nmsgid "fever"')
    assert messages(fuzzy, tmp_path)["fever"] == ("fiebre", State.FUZZY)


def test_lines_that_move_down_change_no_byte_of_the_catalogue() -> None:
    content, _ = update(None, "## Signs\n\n- pain\n- fever\n")
    assert update(content, "\n\n\n## Signs\n\n\n- pain\n\n- fever\n")[0] == content


FOREIGN = """# Licence of the translation
#, fuzzy
msgid ""
msgstr ""
"X-Before: yes\\n"
"PO-Revision-Date: 2024-01-01T00:00:00Z\\n"
"POT-Creation-Date: \\n"
"Language: es\\n"
"X-Generator: Some tool 1.2\\n"

#  indented
# a second line
#. extracted
#: a.md:1
#, no-wrap, custom-flag
#| msgctxt "old context"
#| msgid "older"
msgid "pain"
msgstr "dolor"

msgctxt "noun"
msgid "rest"
msgstr "descanso"

msgid "one"
msgid_plural "many"
msgstr[0] "uno"
msgstr[1] "muchos"

#~| msgid "oldest"
#~ msgid "gone"
#~ msgstr "ido"
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_update_keeps_all_that_other_tools_wrote(mark: str, end: str) -> None:
    written = mark + FOREIGN.replace("\n", end)
    content, _ = update(written, "pain\n")
    ours = ("#. extracted", "#: a.md:1")
    lost = [
        line
        for line in written.splitlines(keepends=True)
        if line not in content.splitlines(keepends=True) and f"#~ {line}" not in content and line.strip() not in ours
    ]
    assert lost == [], "no line is lost; what the article has not is obsolete"
    assert update(content, "pain\n")[0] == content, "a second update changes no byte"
    revived, changes = update(content, "pain\n\ngone\n")
    assert changes.revived == 1
    assert f'msgid "gone"{end}msgstr "ido"' in revived


def real_catalogues(corpora: Path) -> list[Path]:
    paths = sorted((corpora / "comprehensive-rust" / "po").glob("*.po"))
    assert paths
    return paths


def as_segments(entries: list[po.Entry]) -> list[Segment]:
    return [Segment("paragraph", e.msgid, 0, 0, 1, 1) for e in entries if e.msgid and not e.is_obsolete]


def translations(entries: list[po.Entry]) -> dict[str, tuple[str, list[str], str]]:
    return {e.msgid: (e.msgstr, e.flags, e.comment) for e in entries if e.msgid and e.is_translated}


def test_a_second_update_of_a_real_catalogue_changes_no_byte(corpora: Path) -> None:
    for path in real_catalogues(corpora):
        text = path.read_bytes().decode()
        wanted = as_segments(po.parse(text).entries)
        once, _ = updated(text, path, wanted, "x", "book.md")
        assert updated(once, path, wanted, "x", "book.md")[0] == once, path


def test_a_real_catalogue_comes_back_whole_when_its_texts_return(corpora: Path) -> None:
    for path in real_catalogues(corpora):
        text = path.read_bytes().decode()
        before = {
            e.msgid: (e.msgstr, e.flags, e.comment) for e in po.parse(text).entries if e.msgid and e.is_translated
        }
        wanted = as_segments(po.parse(text).entries)
        emptied, _ = updated(text, path, (), "x", "book.md")
        again, changes = updated(emptied, path, wanted, "x", "book.md")
        after = {
            e.msgid: (e.msgstr, e.flags, e.comment) for e in po.parse(again).entries if e.msgid and e.is_translated
        }
        assert after == before, path
        assert changes.revived > 0


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="msgcat (gettext) is not installed")
def test_gettext_reads_updated_real_catalogues_as_we_do(corpora: Path, tmp_path: Path) -> None:
    for path in real_catalogues(corpora):
        text = path.read_bytes().decode()
        wanted = as_segments(po.parse(text).entries)[::2]
        ours, _ = updated(text, path, wanted, "x", "book.md")
        file = tmp_path / path.name
        file.write_bytes(ours.encode())
        done = subprocess.run(["msgcat", "--no-wrap", str(file)], check=True, capture_output=True)
        theirs = {(e.msgid, e.msgstr, e.is_obsolete, *sorted(e.flags)) for e in po.parse(done.stdout.decode()).entries}
        assert theirs == {(e.msgid, e.msgstr, e.is_obsolete, *sorted(e.flags)) for e in po.parse(ours).entries}, path
