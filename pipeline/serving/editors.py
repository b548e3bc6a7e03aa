"""Opens a line of a file in the person's own editor: by an address that the browser hands on, or by a command."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.model import PlainleafError

VARIABLE = "PLAINLEAF_EDITOR"
KNOWN = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "sublime": "subl --background {path}:{line}:{column}",
    "kate": "kate --line {line} --column {column} {path}",
    "gedit": "gedit +{line}:{column} {path}",
    "emacs": "emacsclient --no-wait +{line}:{column} {path}",
}
"""Short names of editors with what they stand for."""
_FIELDS = re.compile(r"\{(path|line|column)\}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_NEVER = ("javascript", "data", "http", "https", "file", "blob", "vbscript")


@dataclass(frozen=True, slots=True)
class Editor:
    """How a line is opened. Without a pattern the place is only shown, to be copied."""

    pattern: str = ""

    @property
    def is_address(self) -> bool:
        """Whether the browser opens it."""
        return _ADDRESS.match(self.pattern) is not None

    @property
    def is_command(self) -> bool:
        """Whether the server opens it."""
        return bool(self.pattern) and not self.is_address

    def address(self, path: Path, line: int, column: int) -> str:
        """What a link leads to; "" where the editor is no address."""
        if not self.is_address:
            return ""
        where = quote(path.resolve().as_posix())
        return _filled(self.pattern, where if where.startswith("/") else f"/{where}", line, column)

    def open(self, path: Path, line: int, column: int) -> None:
        """Start the command; it goes on by itself. Raises PlainleafError when it cannot be started."""
        if not self.is_command:
            raise PlainleafError("no editor is set: start the server with --editor")
        # Split before it is filled in: a path with blanks stays one argument, and no shell reads it.
        words = [_filled(word, str(path.resolve()), line, column) for word in shlex.split(self.pattern)]
        try:
            subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise PlainleafError(f"{words[0]}: the editor does not start: {error.strerror or error}") from None


def editor(text: str) -> Editor:
    """The editor that a person named: a short name, an address or a command. Raises PlainleafError."""
    text = text.strip()
    if not text:
        return Editor()
    pattern = KNOWN.get(text.lower(), text)
    if "{path}" not in pattern:
        raise PlainleafError(
            f"--editor: {text!r} does not say where the path goes. Give one of {', '.join(KNOWN)}, an address such as "
            f"{KNOWN['vscode']}, or a command such as 'gedit +{{line}} {{path}}'"
        )
    found = Editor(pattern)
    if found.is_address:
        if pattern.partition(":")[0].lower() in _NEVER:
            raise PlainleafError(f"--editor: {text!r} is no address of an editor")
        return found
    try:
        program = shlex.split(pattern)[0]
    except ValueError as error:
        raise PlainleafError(f"--editor: {text!r}: {error}") from None
    if not shutil.which(program):
        raise PlainleafError(f"--editor: there is no program {program!r} on PATH")
    return found


def _filled(pattern: str, path: str, line: int, column: int) -> str:
    values = {"path": path, "line": str(line), "column": str(column)}
    return _FIELDS.sub(lambda match: values[match[1]], pattern)
