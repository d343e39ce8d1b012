"""What `trama run` and `trama suggest` say while they work, on standard error."""

import os
from typing import NoReturn

import click

from corpus.errors import StudyError
from corpus.words.language import Bilingual, Language
from flows.cli.exit_codes import STOPPED
from flows.run_study import Listener


def listener(language: Language) -> Listener:
    """Says in `language` what there is to say, and ends this process when its Prefect server is lost."""

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
    return Listener(language, lambda: tell(waiting), tell, stop_at_once)
