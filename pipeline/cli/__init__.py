"""The command plainleaf: reads arguments and runs a command. No logic of its own.

The options of each command stand in a module of its name here; what it does, in one in pipeline.commands.
"""

from __future__ import annotations

import argparse
import keyword
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pipeline.model import PlainleafError

COMMANDS = (
    "init",
    "import",
    "check",
    "words",
    "extract",
    "export",
    "import-translation",
    "status",
    "reading",
    "sign",
    "build",
    "serve",
    "audit",
    "changes",
    "report",
    "lsp",
)
"""In the order of help."""

_VERSION = "show program's version number and exit"
GOOD, WRONG = 0, 2
"""Exit statuses: all well; wrong use or broken input."""


def entry() -> None:
    """The console script."""
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output, such as head, has seen enough.
        _close_output()
        status = GOOD
    except OSError as error:
        # The output is a file on a full disk; or there is no room for temporary files.
        _close_output()
        what = f"{error.filename}: cannot be used" if error.filename else "the output cannot be written"
        print(f"plainleaf: {what}: {error.strerror or error}", file=sys.stderr)
        status = WRONG
    sys.exit(status)


def _close_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(argv: Sequence[str]) -> int:
    """Run one command. Returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            # Articles are in every script, whatever the terminal's locale.
            reconfigure(encoding="utf-8", errors="replace")
    plainleaf = parsers()["plainleaf"]
    try:
        arguments = plainleaf.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not arguments.command:
        plainleaf.print_help()
        return WRONG
    try:
        status = _run(arguments.command, arguments)
    except PlainleafError as error:
        print(f"plainleaf: {error}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("plainleaf: stopped", file=sys.stderr)
        return 130
    return status


def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of the program and, by name, of each command."""
    parser = argparse.ArgumentParser(
        prog="plainleaf",
        description="One plain-English health article in, accessible leaflets in many languages out.",
        epilog="See plainleaf COMMAND --help for examples of each command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, default=argparse.SUPPRESS, help=_VERSION)
    parser.add_argument(
        "--library",
        metavar="DIR",
        type=Path,
        help="the library's folder (default: the one that holds source/library.toml, looked for upwards)",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(command=None)
    for name in COMMANDS:
        module = import_module(f"{__name__}.{_module(name)}")
        command = commands.add_parser(
            name,
            help=module.SUMMARY,
            description=module.SUMMARY[0].upper() + module.SUMMARY[1:] + ".",
            epilog="examples:\n" + module.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.set_defaults(command=name)
        module.options(command)
    return {"plainleaf": parser, **{f"plainleaf {name}": p for name, p in commands.choices.items()}}


def _run(name: str, arguments: argparse.Namespace) -> int:
    # Imported here, so that help is there at once.
    status: int = import_module(f"pipeline.commands.{_module(name)}").run(arguments)
    return status


def _module(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")


class _Version(argparse.Action):
    """Prints the version and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and nothing else needs it

        parser._print_message(f"plainleaf {version('plainleaf')}\n", sys.stdout)
        parser.exit()
