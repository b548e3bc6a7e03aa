"""A little of "python -m fuzz" in every run of the tests, and all that it has ever found."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import growth, kill
from fuzz.__main__ import main as fuzz
from fuzz.harmless import harms
from fuzz.seeds import TOKENS, seeds
from fuzz.targets import TARGETS, feed, packed
from pipeline import front_matter, po, segments
from pipeline.checks import Context, all_checks
from pipeline.importing.html_filter import filter_html
from pipeline.library import Settings, parse_article
from pipeline.updating import begin

QUICK = sorted(set(TARGETS) - {"pages", "print_", "checks", *(name for name in TARGETS if name.startswith("import_"))})
INPUT = st.lists(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), st.text(max_size=6).map(str.encode))).map(
    b"".join
)


@pytest.mark.parametrize("name", QUICK)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=INPUT, at=st.floats(0, 1))
def test_every_promise_is_kept(name: str, data: bytes, at: float) -> None:
    seed = next(iter(seeds(name)))
    place = int(at * len(seed))
    feed(name, data)
    feed(name, seed[:place] + data + seed[place:])


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_every_target_takes_its_seeds(name: str) -> None:
    for seed in list(seeds(name))[:2]:
        feed(name, seed)


FOUND = [
    ("translation", b"2\t\t_\r\r!)"),
    ("translation", b"--"),
    (
        "import_epub",
        b'<html xmlnts="http://www.[^1]: 999/xhtml"><head><title>A</title></head><</head></head><bod'
        b'y><p>Crou/1999/xhtml">\\n<_ad><title>A</title></head><a href={{{<body><p>Croup is a cough.<'
        b"/p></body></html>",
    ),
    ("translation", b"a\r\r- b"),
    ("translation", b"x\\\\"),
    ("translation", b'y""\ny'),
    ("translation", b"\x1e["),
    ("translation", "``\u2028".encode()),
    ("translation", b"\x00. Woche`x"),
    ("catalogue", b'msgid "a"\nmsgstr "b"\n\n# machine-draft: made by a machine\n#. x'),
    ("catalogue", b"\n\n"),
    ("glossary", b"a = " + b"[" * 700),
    ("settings", b"a = " + b"[" * 700),
    ("settings", b"grade = " + b"1" * 5000),
    ("signatures", b"a = " + b"[" * 700),
    ("front", b"---\na: " + b"[" * 20_000 + b"\n---\n"),
    ("front", b"---\n" + b"- " * 20_000 + b"\n---\n"),
    ("import_html", b"<html><body><h1>A</h1><![![l><li>a<li>b</ul></body></html>"),
    ("import_epub", b'<html xmlns="http://#eval("1"<segment>)#eval("1")up is a cough.</p></body></html>'),
    ("pages", b"Text.[^1]\n\n[^1]: <script>alert(1)</script>\n"),
]
"""What the targets were fed when a promise was broken."""


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    feed(name, data)


def test_a_comment_after_the_last_message_speaks_of_no_other() -> None:
    text = 'msgid "Rest."\nmsgstr "Descanse."\n\n#, fuzzy\n# machine-draft: by nobody\n'
    article = parse_article("Drink.\n\nRest.\n", Path("a.md"), "a/b", "en")
    updated = begin(text, Path("a.po"), article.segments, "es", "source/a/b.md").render()
    (entry,) = [e for e in po.parse(updated).entries if e.msgid == "Rest."]
    assert entry.flags == [] and "machine-draft" not in entry.comment
    assert "# machine-draft: by nobody" in updated


def test_titles_of_links_with_escapes_are_translated() -> None:
    text = '[a]\n\n[a]: https://example.org "say \\"ah\\" \\\\ now"\n'
    (_, title) = segments.extract(text)
    assert title.text == 'say \\"ah\\" \\\\ now'
    applied = segments.apply(text, [title], lambda _: 'di "ah" \\')
    assert applied.endswith('"di \\"ah\\" \\\\"\n')


def test_cells_with_a_blank_of_another_kind_are_translated() -> None:
    assert [s.text for s in segments.extract("| a |\n|---|\n| x\u00a0|\n")] == ["a", "x"]


def test_a_script_in_an_e_book_is_no_text(tmp_path: Path) -> None:
    from pipeline.importing.draft import make_draft  # noqa: PLC0415

    body = b"<p>Croup is a cough.</p><script>alert(1)</script>"
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><body>%s</body></html>' % body
    path = tmp_path / "a.epub"
    path.write_bytes(packed("chapter.xhtml", page))
    text = make_draft(path, "2026-01-05").text
    assert "Croup is a cough." in text and "alert" not in text


def test_tags_that_never_end_are_text() -> None:
    assert filter_html("<p>a</p>" + "<a " * 20_000).html.startswith("<p>a</p>&lt;a")


def test_front_matter_that_nests_is_read_to_a_depth() -> None:
    deep = front_matter.DEEPEST - 1
    assert front_matter.parse(f"---\na: {'[' * deep}{']' * deep}\n---\n").data
    problems = front_matter.parse(f"---\na: {'[' * 5000}\n---\n").problems
    assert problems and "lists within lists" in problems[0][1]


@pytest.mark.parametrize(
    "page",
    [
        *("<ScRiPt>a</sCrIpT>", "<a href=' java\nscript:a'>", "<img src=http://a/b>", "<p onclick=a>", "<iframe>"),
        "<img srcset='//a/b 2x'>",
    ],
)
def test_the_judge_of_pages_sees_harm(page: str) -> None:
    assert harms(page)


def test_the_command_feeds_keeps_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        fuzz(["settings", "--minutes", "0.03", "--slice", "1", "--engine", "mutation", "--folder", str(tmp_path)]) == 0
    )
    assert "0 kept in found/" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes")
def test_killed_commands_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert kill.main(["words add", "extract", "import", "--times", "6"]) == 0
    assert "6 kills, 0 promises broken" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ({"translations/es/a.po": b'msgid "a"\nmsgs'}, "neither what stood there"),
        ({}, "is gone"),
    ],
)
def test_the_judge_of_kills_sees_harm(found: dict[str, bytes], message: str) -> None:
    before = {"translations/es/a.po": b'msgid "a"\nmsgstr "b"\n'}
    with pytest.raises(kill.Broken, match=message):
        kill.judge(found, before, {**before, "dist/a": b"x"})


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        f" {'1' * 5000}½",
        "一" * 5000,
        "二" * 5000,
        "千万" * 2500,
        "1," * 3000 + "1",
        f"12:{'1' * 5000}",
        "١" * 5000,
    ],
)
def test_no_check_of_translations_fails_over_thousands_of_digits(text: str) -> None:
    context = Context(Settings(), frozenset(), {}, None)
    for check in all_checks():
        if check.scope == "translation":
            growth.check_translation(check, context, text)
