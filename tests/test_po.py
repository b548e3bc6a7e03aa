"""PO files: what is not changed on purpose stays, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import po

EVERYTHING = r"""# Translator's header
#, fuzzy
msgid ""
msgstr ""
"X-Custom: yes: with a colon\n"
"POT-Creation-Date: 2024-01-01T00:00:00Z\n"

#
# after an empty comment line
#  indented
#. extracted
#: a.md:1 b.md:2
#: c d.md:3
#, no-wrap, custom-flag
#| msgctxt "old context"
#| msgid "old"
#| "text"
msgctxt "context"
msgid "one"
msgid_plural "many"
msgstr[0] "uno"
msgstr[1] ""
"muchos"
#= an unknown comment
msgid "a \"quoted\" \\ tab\t"
msgstr "x\n"
"y"


#~| msgid "older"
#~ msgid "gone"
#~ msgstr "ido"
#, fuzzy
#~ msgid "gone too"
#~ msgid_plural "gones"
#~msgstr[0] "i"

# a comment that belongs to nothing
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", "\n"])
def test_reading_and_writing_changes_no_byte(mark: str, end: str, tail: str) -> None:
    text = mark + (EVERYTHING.rstrip("\n") + tail).replace("\n", end)
    assert po.parse(text).render() == text


def test_mixed_line_ends_stay() -> None:
    text = 'msgid "a"\r\nmsgstr "b"\n\nmsgid "c"\rmsgstr "d"'
    assert po.parse(text).render() == text


def test_values_are_read() -> None:
    header, plural, quoted, gone, gone_too, loose = po.parse(EVERYTHING).entries
    assert header.msgstr.startswith("X-Custom: yes: with a colon\n")
    assert header.flags == ["fuzzy"]
    assert plural.values == {
        "msgctxt": "context",
        "msgid": "one",
        "msgid_plural": "many",
        "msgstr[0]": "uno",
        "msgstr[1]": "muchos",
    }
    assert plural.previous_msgid == "oldtext"
    assert plural.flags == ["no-wrap", "custom-flag"]
    assert plural.comment == "\nafter an empty comment line\n indented"
    assert (quoted.msgid, quoted.msgstr) == ('a "quoted" \\ tab\t', "x\ny")
    assert (gone.msgid, gone.previous_msgid, gone.is_obsolete) == ("gone", "older", True)
    assert gone_too.flags == ["fuzzy"] and gone_too.is_obsolete
    assert not loose.is_message


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives(msgid: str, msgstr: str) -> None:
    entry = po.new_entry(msgid, ["place"], ["source.md"], msgstr)
    (read,) = po.parse(po.PoFile([entry]).render()).entries
    assert (read.msgid, read.msgstr) == (msgid, msgstr)


@given(st.lists(st.sampled_from(EVERYTHING.split("\n")), max_size=20))
def test_any_order_of_lines_is_kept_or_refused(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        assert po.parse(text).render() == text
    except po.PoError as error:
        assert 1 <= error.line <= len(lines)


def test_a_change_leaves_the_other_lines() -> None:
    file = po.parse(EVERYTHING)
    entry = file.entries[1]
    entry.set_lines("extracted", ["new place"])
    entry.set_flags(["fuzzy", *entry.flags])
    changed = file.render().split("\n")
    assert set(EVERYTHING.split("\n")) - set(changed) == {"#. extracted", "#, no-wrap, custom-flag"}
    assert set(changed) - set(EVERYTHING.split("\n")) == {"#. new place", "#, fuzzy, no-wrap, custom-flag"}


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="msgcat (gettext) is not installed")
def test_gettext_reads_what_we_read(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(EVERYTHING.replace("#= an unknown", "# a known"), encoding="utf-8")
    command = ["msgcat", "--no-wrap", "--to-code=UTF-8", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    theirs = {(e.msgid, e.msgstr, e.is_obsolete) for e in po.parse(done.stdout).entries if e.msgid}
    ours = {(e.msgid, e.msgstr, e.is_obsolete) for e in po.parse(EVERYTHING).entries if e.msgid}
    assert theirs == ours
