"""Broken and hostile files are refused in one clear line, in little time and memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from planted import with_member

from pipeline.audit.auditing import audit_file
from pipeline.cli import main

LAUGHS = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>x</title></head><body><p>&c;</p></body></html>"""


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    result = audit_file(path)
    assert not result.findings
    assert result.error.startswith(path.as_posix()) and "\n" not in result.error
    return result.error


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in files.items():
            new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", ["html", "epub", "pdf"])
@pytest.mark.parametrize("content", [b"", b"\0\1\2nonsense", b"PK\3\4", b"%PDF-1.7\n%%EOF", b"<"], ids=range(5))
def test_what_is_no_such_file_is_told_in_a_line(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(content)
    result = audit_file(path)
    assert "Traceback" not in result.error and "\n" not in result.error
    # HTML's parser makes a page of nearly anything; then the page is at fault.
    assert result.error or (suffix == "html" and result.findings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, built: Path, encoding: str) -> None:
    text = LAUGHS if encoding == "utf-8" else LAUGHS.replace('"1.0"', '"1.0" encoding="utf-16"')
    assert "entities" in refused(tmp_path / "x.xhtml", text.encode(encoding)) or encoding != "utf-8"
    good = (built / "dist/en/care/cough.epub").read_bytes()
    bad = with_member(good, "EPUB/text.xhtml", lambda _: LAUGHS)
    assert "entities" in refused(tmp_path / "x.epub", bad)


def test_no_file_of_the_computer_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret")
    text = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY s SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><h1>&s;</h1></body></html>"""
    assert "entities" in refused(tmp_path / "x.xhtml", text.encode())


def test_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert "zip bomb" in refused(tmp_path / "x.epub", archive(mimetype=b"x", bomb=b"\0" * (80 << 20)))


def test_a_book_of_too_many_files_is_not_read(tmp_path: Path) -> None:
    many = archive(**{f"file-{n}": b"" for n in range(10_001)})
    assert "10001 files" in refused(tmp_path / "x.epub", many)


def test_html_without_end_is_not_walked(tmp_path: Path) -> None:
    text = b"<html><body>" + b"<div>" * 100_000
    (tmp_path / "x.html").write_bytes(text)
    result = audit_file(tmp_path / "x.html")
    assert "\n" not in result.error and (result.error or result.findings)


def test_pdf_stream_bomb_is_not_unpacked(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    bomb = pikepdf.Stream(pdf, zlib.compress(b"0 g " * (20 << 20)))
    bomb.Filter = Name.FlateDecode
    pdf.pages[0].Contents = bomb
    buffer = io.BytesIO()
    pdf.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert len(buffer.getvalue()) < 1 << 20
    refused(tmp_path / "x.pdf", buffer.getvalue())


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    refused(tmp_path / "x.pdf", buffer.getvalue())


def test_a_structure_that_holds_itself_ends(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect))
    element.K = Array([element])
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))
    path = tmp_path / "x.pdf"
    pdf.save(path)
    assert audit_file(path).findings or audit_file(path).error


def test_other_files_are_audited_all_the_same(tmp_path: Path, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.epub").write_bytes(b"nonsense")
    (tmp_path / "b.html").write_bytes((built / "dist/en/care/cough.html").read_bytes().replace(b' lang="en"', b""))
    assert main(["audit", "--no-browser", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert "html-lang" in captured.out
    assert "a.epub: no EPUB" in captured.err and "Traceback" not in captured.err
