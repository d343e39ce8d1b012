"""The reading rooms of the service's studies, at `/lettura/STUDY/`. A run that is asked for there is a deployment's.

Imports Prefect, so only after the service's environment is set.
"""

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote

from prefect.client.orchestration import get_client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from corpus.errors import StudyError, study_error
from corpus.settings import read_settings
from corpus.words.language import Language
from flows.reading.application import Missing, room_app
from flows.reading.room import Room
from flows.reading.work import Commands, Progress, State, What, busy
from flows.service.attempts import ask_prefect
from flows.service.confined import check_confined
from flows.service.reports import PREFIX as REPORTS
from flows.service.studies import ONE_STUDY, study_in

PREFIX = "/lettura"
_ENDED: dict[str, State] = {"COMPLETED": "done", "FAILED": "failed", "CRASHED": "failed", "CANCELLED": "failed"}
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


def reading_app(root: Path, language: Language) -> Starlette:
    """An ASGI app of the rooms of the studies below `root`, each opened when somebody first enters it."""
    rooms: dict[str, Room] = {}
    lock = Lock()

    def room_of(request: Request) -> Room:
        name = request.path_params["study"]
        try:
            folder = study_in(root, name)
        except StudyError as error:
            raise Missing(error.problems) from error
        with lock:
            if name not in rooms:
                work = Deployments(folder, language)
                rooms[name] = Room(
                    folder, language, work=work, check=_check_readable, reports=f"{REPORTS}/{quote(name)}"
                )
            return rooms[name]

    return Starlette(routes=[Mount("/{study}", room_app(room_of, language, secrets.token_urlsafe(32)))])


class Deployments:
    """Work on the study in `folder`: runs by the service's deployment, samples by a command."""

    def __init__(self, folder: Path, language: Language):
        self._study = folder.name
        self._commands = Commands(folder, language)
        self._latest: What = "run"
        self._run = ""

    def start(self, what: What, arguments: Sequence[str] = ()) -> None:
        """Begin. Raises StudyError where work on the study is going on already, or Prefect does not answer."""
        if self.progress().state == "running":
            raise busy()
        if what == "run":
            self._run = _asked(_start_run(self._study))
        else:
            self._commands.start(what, arguments)
        self._latest = what

    def progress(self) -> Progress:
        """How far the sample is that was asked for last, else the study's run, whoever started it."""
        if self._latest == "sample":
            return self._commands.progress()
        attempt = _asked(ask_prefect()).studies.get(self._study)
        if attempt is None:
            return Progress()
        state = _ENDED.get(attempt.state, "running")
        if state != "running" and attempt.id != self._run:
            return Progress()  # of another time
        return Progress(state, "run", message="" if state == "done" else attempt.message)


def _asked(question: Coroutine[Any, Any, Answer]) -> Answer:
    """What Prefect answers. Raises StudyError where it does not."""
    try:
        return asyncio.run(question)
    except Exception as error:  # whatever its client raises; the log of the server keeps it
        log.exception("Prefect did not answer the reading room")
        raise study_error(
            "Prefect in questo momento non risponde, o non conosce ancora lo studio: riprova fra mezzo minuto",
            "Prefect does not answer at the moment, or does not know the study yet: try again in half a minute",
        ) from error


async def _start_run(study: str) -> str:
    """The id of the run that was asked for."""
    async with get_client() as client:
        deployment = await client.read_deployment_by_name(f"{ONE_STUDY}/{ONE_STUDY}")
        run = await client.create_flow_run_from_deployment(deployment.id, parameters={"studio": study})
    return str(run.id)


def _check_readable(folder: Path) -> None:
    """Raise StudyError for a study that leads out of its folder, or whose names only some people may know."""
    check_confined(folder)
    if read_settings(folder).privacy.pseudonyms:
        raise study_error(
            f"lo studio «{folder.name}» chiede pseudonimi, e le interviste hanno i nomi veri: qui non si leggono. Chi "
            "può vederle usa `trama read` sulla macchina dove sono",
            f"the study `{folder.name}` asks for pseudonyms, and its interviews have the real names: they are not read "
            "here. Whoever may see them uses `trama read` on the machine where they are",
        )
