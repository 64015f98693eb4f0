"""Where the program begins and the only place where it ends: errors become messages and exit codes."""

import gc
import os
import sys
from contextlib import suppress

from mother_bond import messages as m
from mother_bond.errors import ExitCode, MotherBondError

SELDOM = 50_000
"""Objects between two collections: imports make many that live, and looking through them takes time."""


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        _make_ready()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command began, or while the last words were said
        code = _stopped()
    _let_go_of_what_is_gone()
    sys.exit(code)


def _make_ready() -> None:
    gc.set_threshold(SELDOM)
    _keep_to_ourselves()
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    m.call_it(_typed_name())


def _keep_to_ourselves() -> None:
    """What we make is for its owner alone; a crash leaves no image of our memory, and no traceback on the screen."""
    os.umask(0o077)
    sys.excepthook = lambda _kind, error, _trace: _fault(error)
    sys.unraisablehook = lambda _what: None
    try:
        import resource

        # Linux hands images of any size to a program that collects them, but for a limit of exactly one byte
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
    except (ImportError, ValueError, OSError):  # there is none on Windows; a limit of nought cannot be raised
        pass


def _typed_name() -> str:
    """The name this was started by, which may be a link with a name that tells nothing."""
    name = os.path.basename(sys.argv[0]).removesuffix(".exe")  # noqa: PTH119 - pathlib would have to be imported
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() and not name.startswith("-") and len(name) < 40 else m.NAME


def _open_what_is_closed() -> None:
    """Give closed standard streams a place that leads nowhere, or the journal would be opened in theirs."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115, PTH123 - open for as long as we run


def _let_go_of_what_is_gone() -> None:
    """A stream that takes nothing any more would have Python end with a code of its own."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, AttributeError):  # the second where it was let go of before
            setattr(sys, name, None)


def _terminals() -> list[int]:
    """Which of the standard streams are a terminal now; one that has gone is none any more."""
    return [number for number in range(3) if os.isatty(number)]


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is said on standard error."""
    terminals = _terminals()
    try:
        from mother_bond.terminal import output

        output.output = output.Output()
        code = _run(arguments)
        sys.stdout.flush()
    except (KeyboardInterrupt, EOFError):
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None  # whoever was reading has gone; there is nothing left to flush
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours is met
        if _terminals() == terminals:
            return _failed(error, arguments)
        code = ExitCode.INTERRUPTED  # whatever went wrong after the writer's terminal had gone
    return _stopped() if code == ExitCode.INTERRUPTED else code


def _run(arguments: list[str]) -> int:
    from mother_bond.cli import quick

    command = quick.find(arguments)
    if command:
        command()
        return ExitCode.OK
    import typer

    from mother_bond.cli.app import app

    if quick.completing():
        from typer._completion_classes import completion_init

        completion_init()
    try:
        code = typer.main.get_command(app).main(
            arguments, prog_name=m.NAME, complete_var=quick.completing(), standalone_mode=False
        )
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except typer.TyperException as error:
        return _usage(error)
    except SystemExit as left:  # Typer's own way out: a shell was answered, or the reader has gone
        if quick.completing():
            return int(left.code or 0)
        raise BrokenPipeError from None
    return code if isinstance(code, int) else ExitCode.OK


def _failed(error: Exception, arguments: list[str]) -> int:
    """What was raised on purpose; or a disk that refuses, bytes that Python could not decode, a fault of ours."""
    if isinstance(error, MotherBondError):
        return _say(error.message, error.hint, error.code)
    if isinstance(error, OSError):
        return _say(m.STORE_DISK, m.STORE_DISK_HINT, ExitCode.CANNOT_WRITE)
    if isinstance(error, UnicodeEncodeError) and any("\udc80" <= sign <= "\udcff" for sign in "".join(arguments)):
        return _say(m.USAGE_NOT_TEXT, m.USAGE_HINT_ALL, ExitCode.USAGE)
    return _fault(error)


def _stopped() -> int:
    """What is said on a line of its own: at a terminal the key, or half a prompt, stands where the cursor is."""
    below = "\n" if sys.stderr and sys.stderr.isatty() else ""
    return _say(below + m.INTERRUPTED, "", ExitCode.INTERRUPTED)


def _fault(error: BaseException) -> int:
    """A fault of ours in words: its kind and its place, and nothing of what it was about."""
    return _say(m.BUG.format(kind=type(error).__name__, place=_place(error)), m.BUG_HINT, ExitCode.BUG)


def _say(message: str, hint: str, code: int) -> int:
    from mother_bond.terminal.output import output, talk

    with suppress(OSError):  # from a terminal that has gone; nobody is left to hear it
        output.clear()
        for text in (message, hint):
            if text:
                talk(text)
    return code


def _usage(error: Exception) -> int:
    """A command line that cannot be read, said without repeating the words on it: they may be the writer's."""
    context = getattr(error, "ctx", None)
    param = getattr(error, "param", None)
    what = param.get_error_hint(context) if param else ""
    messages = {
        "NoSuchOption": m.USAGE_OPTION,
        "BadOptionUsage": m.USAGE_OPTION_VALUE,
        "MissingParameter": m.USAGE_MISSING.format(what=what),
        "BadParameter": m.USAGE_VALUE.format(what=what),
    }
    extra = "extra argument" in str(error)
    message = messages.get(type(error).__name__) or (m.USAGE_EXTRA if extra else m.USAGE_COMMAND)
    path = context.command_path.partition(" ")[2] if context else ""
    hint = m.USAGE_HINT.format(command=path) if path else m.USAGE_HINT_ALL
    return _say(message, hint, ExitCode.USAGE)


def _place(error: BaseException) -> str:
    """File and line of our own code where it went wrong; never a value."""
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "mother_bond" in frame.filename] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"


if __name__ == "__main__":
    main()
