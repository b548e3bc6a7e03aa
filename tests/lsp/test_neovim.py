"""The language server in Neovim, without a window."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server needs pygls")
NEOVIM = shutil.which("nvim")


@pytest.mark.skipif(NEOVIM is None, reason="there is no nvim here")
def test_find_and_mend_a_word(library: Path, tmp_path: Path) -> None:
    page = library / "source/care/fever.md"
    text = page.read_text("utf-8") + "\n💊 ة: the feverr and your jargon: utilise.\n"
    page.write_text(text, "utf-8")
    server = [sys.executable, "-c", "from pipeline.cli import entry; entry()", "lsp"]
    done = subprocess.run(
        [str(NEOVIM), "--clean", "--headless", "-n", "-c", f"luafile {Path(__file__).with_name('neovim.lua')}"],
        cwd=library,
        env={**os.environ, "PAGE": str(page), "SERVER": json.dumps(server), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    rows = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert rows, done.stdout + done.stderr
    told = json.loads(rows[0])
    last = text.splitlines()[-1]
    at = len(last[: last.index("feverr")].encode())
    # Neovim counts bytes.
    assert told["place"] == [len(text.splitlines()) - 1, at, at + len("feverr")]
    assert (told["severity"], told["gone"]) == (1, True)
    assert told["lines"] == text.replace("feverr", "fever").splitlines()
    assert page.read_text("utf-8") == text, "nothing is saved before the person saves"
