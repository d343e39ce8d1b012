"""What every command is wrapped in: it works away from the current folder and always ends in plain words."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from select import POLLERR, POLLHUP, poll
from typing import Any

import click

from corpus.errors import StudyError
from flows.cli.exit_codes import INTERRUPTED, NO_READER, UNFORESEEN
from flows.cli.words import LANGUAGE, remember_folder, say, stop
from flows.faults import plain_faults
from flows.isolation import isolated


def guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """The command with absolute paths, outside the current folder, and without a traceback whatever happens in it."""

    @wraps(callback)
    def command(**options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):  # a terminal may lack a letter of what is said
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        place = None
        try:
            remember_folder(_current_folder())
            options = {name: _absolute(value) for name, value in options.items()}
            place = next((value for value in options.values() if isinstance(value, Path)), None)
            with _interruptible(), isolated(), plain_faults(place or Path()):
                callback(**options)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except StudyError as error:
            stop(error.say(LANGUAGE))
        except KeyboardInterrupt:
            stop(say("Interrotto: quello che era finito resta.", "Interrupted: what was finished stays."), INTERRUPTED)
        except Exception as error:
            if isinstance(error, BrokenPipeError) and _nobody_reads():
                sys.exit(NO_READER)
            from flows.fault_details import fault_words, note_fault

            details = note_fault(error, place, callback.__name__)
            stop(fault_words(error, details).say(LANGUAGE), UNFORESEEN)

    return command


def _absolute(value: Any) -> Any:
    """A path, or each of several, made whole; what is none stays."""
    if isinstance(value, tuple):
        return tuple(map(_absolute, value))
    return value.absolute() if isinstance(value, Path) else value


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl+C raise KeyboardInterrupt in the block where it otherwise ends the process at once (flows.__main__)."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        stop(say("la cartella in cui ti trovi non c'è più", "the folder you are in is gone"))


def _nobody_reads() -> bool:
    """Whether standard output leads nowhere any more (`trama why … | head`); it is then closed for good."""
    output = sys.stdout.fileno()
    watch = poll()
    watch.register(output, 0)
    if not any(event & (POLLERR | POLLHUP) for _, event in watch.poll(0)):
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), output)  # else Python complains of it at exit
    return True
