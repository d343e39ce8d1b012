"""The reading room over HTTP: its page, the study and its interviews as JSON. Decides nothing and keeps nothing."""

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from corpus.errors import StudyError, study_error
from corpus.words.language import Language
from flows.fault_details import fault_words, note_fault
from flows.faults import plain_faults
from flows.reading.room import Room
from flows.reading.sounds import ENDINGS
from outputs.reading.page import STATIC, room_page
from outputs.reading.study_data import study_data
from outputs.reading.transcript_data import proposals_of, turns_of

Rooms = Callable[[Request], Room]
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}


class Missing(StudyError):
    """What was asked for is not in the study."""


def room_app(rooms: Rooms, language: Language) -> Starlette:
    """An ASGI app of the page and the answers of the room that `rooms` finds for a request."""
    token = secrets.token_urlsafe(32)

    def page(room: Room, _request: Request) -> Response:
        opened = room.study()
        title = opened.study.settings.study.title or room.folder.name
        return HTMLResponse(room_page(title, token, language))

    pages: dict[str, Callable[[Room, Request], Response]] = {
        "/": page,
        "/study.json": _study,
        "/transcripts/{transcript}.json": _transcript,
        "/sound/{transcript}": _sound,
    }
    routes = [Route(path, _answering(answer, rooms, language)) for path, answer in pages.items()]
    return Starlette(routes=[*routes, Mount("/static", StaticFiles(directory=STATIC, check_dir=False))])


def _study(room: Room, _request: Request) -> Response:
    opened = room.study()
    data = study_data(opened, room.read(), room.sounds())
    return JSONResponse(data | {"coder": room.coder, "blind": room.blind, "draws": []} | _run(room))


def _run(room: Room) -> dict[str, Any]:
    run = room.study().run
    return {"run": run and {"name": run.name, "when": run.manifest["started"], "behind": False, "report": None}}


def _transcript(room: Room, request: Request) -> Response:
    opened = room.study()
    name = request.path_params["transcript"]
    if name not in opened.by_transcript:
        raise _missing(name)
    blind = room.blind or request.query_params.get("blind") in ("1", "true")
    return JSONResponse(
        {
            "id": name,
            "file": opened.transcripts[name].file,
            "version": opened.version,
            "turns": turns_of(opened, name),
            "proposals": [] if blind else proposals_of(opened, name),
            "codings": [],
            "refused": [],
            "read": [],
            "memos": [],
            "conflicts": [],
        }
    )


def _sound(room: Room, request: Request) -> Response:
    name = request.path_params["transcript"]
    path = room.sounds().get(name)
    if path is None:
        raise _missing(name)
    return FileResponse(path, media_type=ENDINGS[path.suffix.lower()])


def _answering(answer: Callable[[Room, Request], Response], rooms: Rooms, language: Language) -> Any:
    """An endpoint that says in words what is wrong, and never how the code came to it."""

    @wraps(answer)
    def endpoint(request: Request) -> Response:
        place: Path | None = None
        try:
            room = rooms(request)
            place = room.folder
            with plain_faults(place):
                response = answer(room, request)
        except Missing as error:
            response = JSONResponse({"message": error.say(language)}, 404)
        except StudyError as error:
            response = JSONResponse({"message": error.say(language)}, 422)
        except Exception as error:
            details = note_fault(error, place, "read")
            response = JSONResponse({"message": fault_words(error, details).say(language)}, 500)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return endpoint


def _missing(transcript: str) -> Missing:
    return Missing(
        study_error(
            f"la trascrizione `{transcript}` non c'è, o non c'è più",
            f"there is no transcript `{transcript}`, or there is no more",
        ).problems
    )
