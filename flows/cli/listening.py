"""What `trama run` and `trama suggest` say while they work, on standard error."""

import os
from collections.abc import Mapping
from typing import NoReturn

import click

from corpus.errors import StudyError
from corpus.words.language import Bilingual, Language
from flows.cli.exit_codes import STOPPED
from flows.progress import Progress
from flows.run_study import Listener


def listener(language: Language, quiet: bool = False) -> Listener:
    """Says in `language` what there is to say, and ends this process when its Prefect server is lost.

    How far the work is stands on two living lines of a terminal, elsewhere in a line a stage; nowhere where `quiet`.
    """

    def progress(earlier: Mapping[str, float]) -> Progress:
        from rich.console import Console

        from flows.screen import LiveLines, StageLines

        console = Console(stderr=True)
        if quiet:
            return Progress(earlier)
        # Where nobody looks no thread draws: one that cannot start for want of memory would be waited for for ever.
        if console.is_terminal and not console.is_dumb_terminal:
            return LiveLines(earlier, language, console)
        return StageLines(earlier, language)

    def tell(words: Bilingual) -> None:
        click.echo(words.say(language), err=True)

    def stop_at_once(error: StudyError) -> NoReturn:
        """From whatever thread and whatever the process is doing, which must bear being killed."""
        from rich.console import Console

        Console(stderr=True).show_cursor()  # which a bar of progress hides
        click.echo(error.say(language), err=True)
        os._exit(STOPPED)

    waiting = Bilingual(
        "Un'altra corsa di questo studio è in corso: aspetto che finisca.",
        "Another run of this study is going on: waiting for its end.",
    )
    return Listener(progress, lambda: tell(waiting), tell, stop_at_once)
