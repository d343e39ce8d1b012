"""The reading room over HTTP: its page, the study and its interviews as JSON. Decides nothing and keeps nothing."""

import hmac
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from corpus.errors import StudyError, study_error
from corpus.words.language import Bilingual, Language
from corpus.words.phrase import Phrase
from corpus.words.spelling import fold
from flows.fault_details import fault_words, note_fault
from flows.faults import plain_faults
from flows.fence import REPORT_HEADERS
from flows.reading.posted import Moved, read_posted
from flows.reading.room import Room
from flows.reading.sounds import ENDINGS, find_sounds
from outputs.reading.opened import OpenedStudy
from outputs.reading.page import STATIC, room_page
from outputs.reading.people import People, decision_data
from outputs.reading.queue import draws_of, sample_queue, worth_queue
from outputs.reading.study_data import study_data
from outputs.reading.transcript_data import proposals_of, turns_of
from outputs.run.folder import RUNS, file_within
from outputs.words.sentences import say

Rooms = Callable[[Request], Room]
Answer = Callable[[Room, Request], Response]
Posting = Callable[[Room, Any], Response]
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
}


HEADER = "X-Trama-Token"
_LONGEST_BODY = 200_000  # bytes
_LONGEST_QUERY = 200  # signs
_MOST_LINES = 2000
_STALE = Bilingual(
    "questa pagina è di prima che la sala di lettura fosse riaperta: ricaricala",
    "this page is from before the reading room was opened again: load it anew",
)
_UNREADABLE = Bilingual("la richiesta non si legge: ricarica la pagina", "the request cannot be read: load it anew")


class Missing(StudyError):
    """What was asked for is not in the study."""


_STATUS: Mapping[type[StudyError], int] = {Missing: 404, Moved: 409}


def room_app(rooms: Rooms, language: Language, token: str) -> Starlette:
    """An ASGI app of the page and the answers of the room that `rooms` finds for a request.

    Nothing is changed without `token`, which the page holds.
    """

    def page(room: Room, _request: Request) -> Response:
        title = room.study().study.settings.study.title or room.folder.name
        return HTMLResponse(room_page(title, token, language))

    reading: dict[str, Answer] = {
        "/": page,
        "/study.json": partial(_study, language),
        "/transcripts/{transcript}.json": _transcript,
        "/sound/{transcript}": _sound,
        "/search.json": _search,
        "/changes.json": _changes,
        "/queue.json": partial(_queue, language),
        "/run.json": _progress,
        "/report/{run}/{file:path}": _report,
        "/agreement.json": partial(_agreement, language),
    }
    changing: dict[str, Posting] = {"/decisions": _decide, "/run": _start_run, "/draws": _start_draw}
    routes = [Route(path, _reading(answer, rooms, language)) for path, answer in reading.items()]
    routes += [
        Route(path, _changing(answer, rooms, language, token), methods=["POST"]) for path, answer in changing.items()
    ]
    return Starlette(routes=[*routes, Mount("/static", StaticFiles(directory=STATIC))])


@dataclass(frozen=True)
class Reader:
    """Who looks: by name, and whether blind, as the room was opened or else as the page asks."""

    coder: str
    blind: bool

    def sees(self, people: People) -> People:
        """What of people's decisions this reader may see."""
        return people.of(self.coder) if self.blind else people


def _reader(room: Room, request: Request) -> Reader:
    asked = request.query_params
    return Reader(room.coder or asked.get("coder", ""), room.blind or asked.get("blind") in ("1", "true"))


def _study(language: Language, room: Room, request: Request) -> Response:
    opened = room.study()
    people = _reader(room, request).sees(room.people(opened))
    data = study_data(opened, people, find_sounds(opened.study), language)
    run = opened.run and {
        "name": opened.run.name,
        "when": opened.run.manifest["started"],
        "behind": room.is_behind(opened),
        "report": room.report_address(),
    }
    return JSONResponse(data | {"coder": room.coder, "blind": room.blind, "draws": draws_of(opened), "run": run})


def _transcript(room: Room, request: Request) -> Response:
    opened = room.study()
    name = request.path_params["transcript"]
    if name not in opened.by_transcript:
        raise _missing(name)
    reader = _reader(room, request)
    people = reader.sees(room.people(opened)).in_segments(opened, name)
    return JSONResponse(
        {
            "id": name,
            "file": opened.transcripts[name].file,
            "version": opened.version,
            "turns": turns_of(opened, name),
            "proposals": [] if reader.blind else proposals_of(opened, name),
            "conflicts": [] if reader.blind else _conflicts(room, opened, name),
            **asdict(people),
        }
    )


def _conflicts(room: Room, opened: OpenedStudy, transcript: str) -> list[dict[str, Any]]:
    conflicts = room.conflicts(opened)
    segments = opened.by_transcript[transcript]["segment"]
    return [each for segment in segments for each in conflicts.get(segment, ())]


def _search(room: Room, request: Request) -> Response:
    most = _number(request, "n", 200, _MOST_LINES)
    return JSONResponse(room.concordance().find(request.query_params.get("q", "")[:_LONGEST_QUERY], most))


def _changes(room: Room, request: Request) -> Response:
    reader = _reader(room, request)
    decisions = room.journal.decisions()
    new = decisions[_number(request, "after", 0, len(decisions)) :]
    shown = [each for each in new if not reader.blind or fold(each.coder) == fold(reader.coder)]
    return JSONResponse(
        {
            "at": len(decisions),
            "version": room.study().version,
            "decisions": [decision_data(decision) for decision in shown],
        }
    )


def _queue(language: Language, room: Room, request: Request) -> Response:
    opened = room.study()
    reader = _reader(room, request)
    number = _number(request, "n", 20, _MOST_LINES)
    if request.query_params.get("kind") == "sample":
        draw = request.query_params.get("draw", "")
        return JSONResponse(sample_queue(opened, room.journal.standing(), reader.coder, draw, number))
    choice = room.worth_reading(opened)
    queue = worth_queue(opened, room.people(opened), choice or (), number, language, reader.blind)
    told = {"preparing": True, "message": say(Phrase("reading.preparing"), language)} if choice is None else {}
    return JSONResponse(queue | told)


def _progress(room: Room, _request: Request) -> Response:
    progress = room.work.progress()
    report = room.report_address() if progress.state == "done" else None
    return JSONResponse(asdict(progress) | {"report": report})


def _start_run(room: Room, _body: Any) -> Response:
    room.work.start("run")
    return JSONResponse(asdict(room.work.progress()), 202)


def _start_draw(room: Room, body: Any) -> Response:
    number = body.get("n") if isinstance(body, dict) else None
    if type(number) is not int or not 1 <= number <= _MOST_LINES:
        raise study_error(
            f"di' quanti passaggi estrarre, da 1 a {_MOST_LINES}", f"say how many passages to draw, 1 to {_MOST_LINES}"
        )
    room.work.start("sample", ["-n", str(number)])
    return JSONResponse(asdict(room.work.progress()), 202)


def _report(room: Room, request: Request) -> Response:
    path = file_within(room.folder / RUNS, "{run}/{file}".format(**request.path_params))
    if path is None:
        raise Missing(study_error("questo file non c'è", "there is no such file").problems)
    return FileResponse(path, headers=REPORT_HEADERS)


def _agreement(language: Language, room: Room, request: Request) -> Response:
    """Of others nothing is said to who codes blind: how far one agrees with them is told afterwards."""
    reader = _reader(room, request)
    agreement = room.agreement(room.study(), language)
    if reader.blind:
        own = [each for each in agreement["coders"] if fold(each["name"]) == fold(reader.coder)]
        agreement = {"pairs": [], "coders": own}
    return JSONResponse(agreement)


def _decide(room: Room, body: Any) -> Response:
    decision, is_new = room.decide(read_posted(body, room.coder))
    changed = room.journal.find(decision.ref) if decision.do in ("remove", "undo") else decision
    segments = [changed.segment] if changed and changed.segment else []
    answer = {"decision": decision_data(decision), "changed": segments}
    return JSONResponse(answer, 201 if is_new else 200)


def _number(request: Request, name: str, usual: int, most: int) -> int:
    try:
        return min(max(0, int(request.query_params.get(name, usual))), most)
    except ValueError:
        return min(usual, most)


def _sound(room: Room, request: Request) -> Response:
    name = request.path_params["transcript"]
    path = find_sounds(room.study().study).get(name)
    if path is None:
        raise _missing(name)
    return FileResponse(path, media_type=ENDINGS[path.suffix.lower()])


def _reading(answer: Answer, rooms: Rooms, language: Language) -> Any:
    """The endpoint of something to read."""

    def endpoint(request: Request) -> Response:
        return _said(lambda room: answer(room, request), rooms, request, language)

    return endpoint


def _changing(answer: Posting, rooms: Rooms, language: Language, token: str) -> Any:
    """The endpoint of something to do, which only the room's own page may ask for: it alone knows the `token`."""

    async def endpoint(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), token.encode()):
            return JSONResponse({"message": _STALE.say(language)}, 403, _HEADERS)
        try:
            data = b"".join([part async for part in _limited(request)])
            body = json.loads(data or b"{}")
        except ValueError:
            return JSONResponse({"message": _UNREADABLE.say(language)}, 400, _HEADERS)
        return await run_in_threadpool(_said, lambda room: answer(room, body), rooms, request, language)

    return endpoint


async def _limited(request: Request) -> AsyncIterator[bytes]:
    """The request's body. Raises ValueError where it is longer than any decision."""
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > _LONGEST_BODY:
            raise ValueError
        yield part


def _said(answer: Callable[[Room], Response], rooms: Rooms, request: Request, language: Language) -> Response:
    """The answer, or in words what is wrong, and never how the code came to it."""
    place: Path | None = None
    try:
        room = rooms(request)
        place = room.folder
        with plain_faults(place):
            response = answer(room)
    except StudyError as error:
        response = JSONResponse({"message": error.say(language)}, _STATUS.get(type(error), 422))
    except Exception as error:
        details = note_fault(error, place, "read")
        response = JSONResponse({"message": fault_words(error, details).say(language)}, 500)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _missing(transcript: str) -> Missing:
    return Missing(
        study_error(
            f"la trascrizione `{transcript}` non c'è, o non c'è più",
            f"there is no transcript `{transcript}`, or there is no more",
        ).problems
    )
