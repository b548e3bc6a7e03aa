"""Full disks, folders that cannot be written to, links, strange names and clocks: one clear line, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.files import clear_leftovers, write_whole
from pipeline.model import PlainleafError

ENTRY = "from pipeline.cli import entry; entry()"


def content(library: Path) -> dict[str, bytes]:
    files = (p for folder in ("source", "translations", "dist") for p in (library / folder).rglob("*") if p.is_file())
    return {p.relative_to(library).as_posix(): p.read_bytes() for p in files}


def run(library: Path, *arguments: str, limit: int | None = None) -> tuple[int, str]:
    """A command in a process of its own, which may write files of no more than so many bytes."""

    def narrow() -> None:
        import resource  # noqa: PLC0415 - not on every platform

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # So that writing fails, as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # type: ignore[arg-type]

    done = subprocess.run(
        [sys.executable, "-c", ENTRY, "--library", str(library), *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=narrow if limit else None,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes")
@pytest.mark.parametrize("command", [["extract"], ["build", "--jobs", "1", "--to", "html"], ["check", "--fix"]])
def test_a_full_disk_leaves_what_was_there(library: Path, command: list[str]) -> None:
    article = library / "source/care/fever.md"
    article.write_text(article.read_text("utf-8") + "\nThe child recieves a glass of water.\n" * 30, "utf-8")
    before = content(library)
    status, told = run(library, *command, limit=400)
    assert status == 2
    assert "cannot be written: File too large" in told
    assert len(told.strip().splitlines()) == 1
    after = content(library)
    assert {path: after.get(path) for path in before} == before
    assert not [path for path in after if path.endswith(".tmp")]
    assert run(library, *command)[0] in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_told(library: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", ENTRY, "--library", str(library), "status"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "plainleaf: the output cannot be written: No space left on device\n"


def test_a_folder_that_is_read_only_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = library / "translations/es/care"
    folder.chmod(0o500)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
        assert main(["--library", str(library), "extract"]) == 2
        assert "cannot be written: Permission denied" in capsys.readouterr().err
    finally:
        folder.chmod(0o700)


def test_a_file_in_the_place_of_a_folder_is_told(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "dist").write_text("no folder")
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "md"]) == 2
    told = capsys.readouterr().err
    assert "dist" in told and len(told.strip().splitlines()) == 1


def test_leftovers_of_a_killed_run_are_cleared(library: Path) -> None:
    assert main(["--library", str(library), "extract"]) == 0
    leftover = library / "translations/es/care/.cough.po.abcdefgh.tmp"
    leftover.write_text("half")
    own = library / "translations/es/care/notes.tmp"
    own.write_text("of a person")
    (library / ".plainleaf/running").write_text("1\n")  # As a killed command leaves it.
    assert main(["--library", str(library), "extract"]) == 0
    assert not leftover.exists()
    assert own.exists()
    assert not (library / ".plainleaf/running").exists()


def test_temporary_names_are_known_whatever_the_name(tmp_path: Path) -> None:
    for name in ("x", "ا" * 120, "a" * 250, "a b.po"):
        (tmp_path / f".{name[:40]}.abcd_123.tmp").write_text("half")
        write_whole(tmp_path / name, b"whole")
    clear_leftovers([tmp_path])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["x", "ا" * 120, "a" * 250, "a b.po"])


@pytest.mark.parametrize("place", ["source/care/secret.md", "translations/es/care/fever.po", "source/other"])
def test_a_link_that_leads_out_is_refused(
    library: Path, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    if place.endswith(("md", "po")):
        secret.write_text("# Secret\n\nThe password is swordfish.\n")
    else:
        secret.mkdir()
        (secret / "x.md").write_text("# Secret\n\nThe password is swordfish.\n")
    (library / place).unlink(missing_ok=True)
    (library / place).symlink_to(secret)
    for command in (["extract"], ["build", "--jobs", "1", "--to", "md"], ["check"]):
        assert main(["--library", str(library), *command]) == 2
        told = capsys.readouterr().err
        assert f"{place}: a link that leads out of the library" in told
        assert "swordfish" not in told
    assert not (library / "dist").exists()


def test_a_link_within_the_library_is_followed_and_stays(library: Path) -> None:
    catalogue = library / "translations/es/care/fever.po"
    real = library / "translations/es/real.po"
    catalogue.rename(real)
    catalogue.symlink_to(real)
    (library / "source/circle").symlink_to(library / "source")
    article = library / "source/care/fever.md"
    article.write_text(article.read_text("utf-8") + "\nDrink water.\n", "utf-8")
    assert main(["--library", str(library), "extract"]) == 0
    assert catalogue.is_symlink()
    assert "Drink water." in real.read_text("utf-8")


def test_dist_may_lie_elsewhere(library: Path, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (library / "dist").symlink_to(tmp_path / "www")
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "md"]) in (0, 1)
    assert (tmp_path / "www/en/care/cough.md").is_file()


def test_names_that_differ_only_in_capitals_are_refused(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = library / "source/care/Fever.md"
    article.write_text((library / "source/care/fever.md").read_text("utf-8"), "utf-8")
    if len(list(article.parent.glob("?ever.md"))) == 1:
        pytest.skip("on this disk they are one file")
    for command in (["check"], ["build", "--jobs", "1", "--to", "md"]):
        assert main(["--library", str(library), *command]) == 2
        told = capsys.readouterr().err
        assert "Fever.md and " in told and "rename one of them" in told


def test_names_with_blanks_and_arabic_letters(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    topic = library / "source/صحة القلب"
    topic.mkdir()
    text = (
        (library / "source/care/fever.md")
        .read_text("utf-8")
        .replace("related:", "x:")
        .replace("cough.md", "../care/cough.md")
    )
    (topic / "ارتفاع الحرارة 1.md").write_text(text, "utf-8")
    assert main(["--library", str(library), "extract"]) == 0
    assert (library / "translations/es/صحة القلب/ارتفاع الحرارة 1.po").is_file()
    assert main(["--library", str(library), "build", "--jobs", "1", "--to", "html,epub,pdf"]) in (0, 1)
    page = library / "dist/en/صحة القلب/ارتفاع الحرارة 1.html"
    assert page.is_file() and page.with_suffix(".pdf").is_file() and page.with_suffix(".epub").is_file()
    index = (library / "dist/en/index.html").read_text("utf-8")
    assert "%20" in index or "ارتفاع الحرارة 1.html" in index
    capsys.readouterr()


def test_a_clock_that_goes_back_makes_nothing_stale_pass(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build() -> str:
        assert main(["--library", str(library), "build", "--jobs", "1", "--to", "md"]) in (0, 1)
        return capsys.readouterr().out

    article = library / "source/care/fever.md"
    future = time.time() + 10 * 86_400
    os.utime(article, (future, future))
    build()
    before = article.stat()
    article.write_text(article.read_text("utf-8").replace("Fever", "Fewer"), "utf-8")
    os.utime(article, ns=(before.st_atime_ns, before.st_mtime_ns - 86_400 * 10**9))
    assert "nothing has changed" not in build()
    assert "Fewer" in (library / "dist/en/care/fever.md").read_text("utf-8")
    os.utime(article, ns=(before.st_atime_ns, before.st_mtime_ns))
    build()
    assert "Fewer" in (library / "dist/en/care/fever.md").read_text("utf-8")


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(PlainleafError, match="cannot be written"):
        write_whole(tmp_path / "a", b"x")
