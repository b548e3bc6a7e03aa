"""Files that no sane tool writes: every one is told in a line, and none harms the library."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from pipeline.cli import main

ROUNDS = 150
PIECES = re.compile(r"<[^>]*>|\s\w+(?::\w+)?=\"[^\"]*\"|[^<>]+")


@pytest.mark.parametrize("suffix", ["xlf", "po"])
def test_a_damaged_file_is_told_or_taken_in_part(
    library: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    to = {"xlf": "xliff", "po": "po"}[suffix]
    assert main(["--library", str(library), "export", "-o", str(library / "out"), "--to", to]) == 0
    path = library / "out" / "es" / "care" / f"cough.{suffix}"
    text = path.read_text(encoding="utf-8").replace('state="initial"', 'state="final"')
    parts = PIECES.findall(text) if suffix == "xlf" else text.splitlines(keepends=True)
    chance = random.Random(2)
    damaged = library / f"damaged.{suffix}"
    for _ in range(ROUNDS):
        torn = list(parts)
        for _ in range(chance.randint(1, 3)):
            at, other = chance.randrange(len(torn)), chance.randrange(len(torn))
            torn[at] = chance.choice(["", torn[other], torn[at] * 2, torn[at][: len(torn[at]) // 2]])
        damaged.write_text("".join(torn), encoding="utf-8")
        capsys.readouterr()
        status = main(["--library", str(library), "import-translation", str(damaged), "--dry-run"])
        captured = capsys.readouterr()
        assert status in (0, 1, 2)
        assert (status == 2) == captured.err.startswith("plainleaf: ")
        assert "Traceback" not in captured.err


def test_entities_do_not_grow(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><xliff>&b;</xliff>'
    path = library / "bomb.xlf"
    path.write_text(bomb, encoding="utf-8")
    assert main(["--library", str(library), "import-translation", str(path)]) == 2
    assert "document type" in capsys.readouterr().err


def test_an_article_s_path_leads_nowhere_else(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--library", str(library), "export", "-o", str(library / "out")])
    path = library / "out" / "es" / "care" / "cough.xlf"
    text = path.read_text(encoding="utf-8").replace("source/care/cough.md", "source/../../../etc/passwd.md")
    path.write_text(text, encoding="utf-8")
    assert main(["--library", str(library), "import-translation", str(path)]) == 2
    assert "has no article ../../../etc/passwd" in capsys.readouterr().err


def test_segments_that_a_tool_split_are_joined(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--library", str(library), "export", "-o", str(library / "out")])
    path = library / "out" / "es" / "care" / "cough.xlf"
    text = path.read_text(encoding="utf-8")
    one = re.search(
        r'<segment id="s1"[^>]*>\s*<source[^>]*>Take 5 ml of syrup 2 times a day\. Do not take more\.<.*?</segment>',
        text,
        re.DOTALL,
    )
    assert one
    two = (
        '<segment id="a" state="translated"><source>Take 5 ml of syrup 2 times a day.</source>'
        "<target>Tome 5 ml de jarabe, 2 veces al día.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        '<segment id="b" state="translated"><source>Do not take more.</source>'
        "<target><mrk id='m1' type='term'>No</mrk> tome más.</target></segment>"
    )
    path.write_text(text.replace(one[0], two), encoding="utf-8")
    assert main(["--library", str(library), "import-translation", str(path)]) == 0
    assert "+ Tome 5 ml de jarabe, 2 veces al día. No tome más.\n" in capsys.readouterr().out


def test_codes_that_a_tool_split_are_read(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """<sc/> and <ec/> mean the same as <pc>, and data may be named in the source only."""
    main(["--library", str(library), "export", "-o", str(library / "out")])
    path = library / "out" / "es" / "care" / "cough.xlf"
    text = path.read_text(encoding="utf-8")
    split = '<target xml:lang="es">tose <sc id="1"/>mucha sangre<ec startRef="1"/></target>'
    text = re.sub(r"<target[^>]*>tose <pc.*?</target>", split, text).replace('state="initial"', 'state="final"')
    path.write_text(text, encoding="utf-8")
    assert main(["--library", str(library), "import-translation", str(path)]) == 0
    assert "+ tose **mucha sangre**\n" in capsys.readouterr().out
