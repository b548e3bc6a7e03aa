"""The command plainleaf: reads arguments, calls the pipeline, prints. No logic of its own."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.model import PlainleafError

GOOD, FINDINGS, WRONG = 0, 1, 2
"""Exit statuses: all well; findings of severity error; wrong use or broken input."""


def entry() -> None:
    """The console script."""
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output, such as head, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = GOOD
    sys.exit(status)


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
        status: int = arguments.command(arguments)
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
    parser.add_argument("--version", action="version", version=f"plainleaf {_version()}")
    parser.add_argument(
        "--library",
        metavar="DIR",
        type=Path,
        help="the library's folder (default: the one that holds source/library.toml, looked for upwards)",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(command=None)
    _add_init(commands)
    _add_check(commands)
    _add_words(commands)
    _add_extract(commands)
    _add_status(commands)
    _add_build(commands)
    return {"plainleaf": parser, **{f"plainleaf {name}": p for name, p in commands.choices.items()}}


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - only --version needs it

    return version("plainleaf")


def _command(commands: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog="examples:\n" + examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=lambda arguments: _run(name, arguments))
    return parser


def _run(name: str, arguments: argparse.Namespace) -> int:
    # Imported here, so that help is there at once.
    from pipeline import commands  # noqa: PLC0415

    status: int = getattr(commands, name)(arguments)
    return status


def _add_init(commands: Any) -> None:
    parser = _command(
        commands,
        "init",
        "make a new library with one example article, ready to build",
        "  plainleaf init my-library\n  cd my-library && plainleaf build",
    )
    parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, default=Path(), help="default: here")


def _add_check(commands: Any) -> None:
    parser = _command(
        commands,
        "check",
        "look for mistakes in articles and translations",
        "  plainleaf check                              the whole library\n"
        "  plainleaf check source/heart                 one topic, with its translations\n"
        "  plainleaf check leaflet.md notes/            any Markdown, in a library or not\n"
        "  plainleaf check --fix --dry-run              show the sure corrections as a diff\n"
        "  plainleaf check --fix                        make them\n"
        "  plainleaf check --format json > findings.json\n"
        "exit status: 0 no errors, 1 findings of severity error, 2 a file cannot be read",
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="default: the library's articles")
    parser.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text", help="default: text, for people"
    )
    parser.add_argument("--fix", action="store_true", help="correct what has one sure correction, and nothing else")
    _add_dry_run(parser)


def _add_words(commands: Any) -> None:
    parser = _command(
        commands,
        "words",
        "add words to the library's own vocabulary, source/wordlist.txt",
        "  plainleaf words add Exampletown\n  plainleaf words add Examplol --comment 'a brand name'",
    )
    parser.add_argument("action", choices=("add",))
    parser.add_argument("words", metavar="WORD", nargs="+")
    parser.add_argument("--comment", default="", help="stands behind the words in the list")
    parser.add_argument("--force", action="store_true", help="add a word even if it looks like a misspelling")


def _add_extract(commands: Any) -> None:
    parser = _command(
        commands,
        "extract",
        "create and update the catalogues that translators work on",
        "  plainleaf extract                            every language of the library\n"
        "  plainleaf extract --language ar              one language, new or not\n"
        "  plainleaf extract --dry-run                  only say what would change",
    )
    _add_languages(parser)
    _add_dry_run(parser)


def _add_status(commands: Any) -> None:
    parser = _command(
        commands,
        "status",
        "show where every translation stands",
        "  plainleaf status\n  plainleaf status --language es --format json",
    )
    _add_languages(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _add_build(commands: Any) -> None:
    parser = _command(
        commands,
        "build",
        "make leaflets in dist/ from source/ and translations/",
        "  plainleaf build                              everything\n"
        "  plainleaf build --language ar --to pdf       the Arabic PDF leaflets\n"
        "  plainleaf build source/heart/heart-murmur.md one article in every language\n"
        "  plainleaf build --to md --language es        the translated Markdown, to look at\n"
        "  plainleaf build --dry-run                    only list the files\n"
        "exit status: 0 good, 1 built but findings of severity error, 2 something could not be built",
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="articles or topics (default: all)")
    _add_languages(parser)
    parser.add_argument(
        "--to", metavar="FORMATS", help="html, epub, pdf, md, with commas between (default: as in library.toml)"
    )
    parser.add_argument("--jobs", metavar="N", type=_jobs, help="processes (default: one for each core)")
    _add_dry_run(parser)


def _add_languages(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        metavar="L",
        action="append",
        help="a language such as es or zh_Hans; may be given more than once (default: all of the library)",
    )


def _add_dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="change nothing, only say what would be done")


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes, such as 2")
    return int(text)
