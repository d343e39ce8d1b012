"""Trama's own pages of the service: the studies and how they stand, and every report. They start nothing.

Prefect's pages, where runs are started, watched and scheduled, are a link away.
"""

import json
import logging
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from corpus.errors import StudyError
from corpus.words.language import Language
from flows.service.attempts import Attempt, Attempts, ask_prefect
from flows.service.night import NIGHT
from flows.service.overview import (
    exported_files,
    night_ending,
    shown_time,
    standing,
    study_runs,
    study_title,
)
from flows.service.password import Password
from flows.service.reports import PREFIX
from flows.service.studies import ONE_STUDY, find_studies, study_in
from outputs.html_templates import html_environment
from outputs.words.sentences import templates

_HEADERS = {"Cache-Control": "no-store"}
log = logging.getLogger(__name__)


def own_routes(root: Path, zone: ZoneInfo, language: Language, password: str | None = None) -> list[Route]:
    """The routes of `/`, `/rapporti/` and `/rapporti/STUDY/` over the studies below `root`.

    Pages are in `language`, the other with `?lingua=it` or `en`; times are those of `zone`. All ask for `password`.
    """

    async def home(request: Request) -> Response:
        chosen = _language(request, language)
        known, answered = await _attempts()
        return await run_in_threadpool(lambda: _page("home.html", chosen, **_home(root, zone, chosen, known, answered)))

    def reports(request: Request) -> Response:
        chosen = _language(request, language)
        studies = [_reports(folder, zone, chosen) for folder in find_studies(root).values()]
        return _page("reports.html", chosen, studies=studies, whole=False)

    def of_study(request: Request) -> Response:
        chosen = _language(request, language)
        try:
            folder = study_in(root, request.path_params["study"])
        except StudyError as error:
            return _page("reports.html", chosen, 404, studies=[], whole=False, missing=error.say(chosen))
        return _page("reports.html", chosen, studies=[_reports(folder, zone, chosen)], whole=True)

    pages = {
        "/": home,
        PREFIX: reports,
        f"{PREFIX}/": reports,
        f"{PREFIX}/{{study}}": of_study,
        f"{PREFIX}/{{study}}/": of_study,
    }
    guard = [Middleware(Password, password=password)]
    return [Route(path, page, middleware=guard) for path, page in pages.items()]


def form_address(deployment: str | None, study: str) -> str:
    """Where Prefect shows the form of a deployment (its id) with `study` chosen; all forms while it has no id."""
    if not deployment:
        return "/deployments"
    # Prefect's page takes off one encoding with the address, and another itself.
    parameters = quote(quote(json.dumps({"studio": study}, ensure_ascii=False), safe=""), safe="")
    return f"/deployments/deployment/{deployment}/run?parameters={parameters}"


async def _attempts() -> tuple[Attempts, bool]:
    """What Prefect says, and whether it said anything: the page shows the reports while its database is busy."""
    try:
        return await ask_prefect(), True
    except Exception:  # whatever its client raises; the log of the server keeps it
        log.exception("Prefect did not say how the runs stand")
        return Attempts(), False


def _home(root: Path, zone: ZoneInfo, language: Language, known: Attempts, answered: bool) -> dict[str, Any]:
    tone, ended = night_ending(known.night, language)
    return {
        "answered": answered,
        "studies": [
            standing(folder, known.studies.get(name), zone, language) for name, folder in find_studies(root).items()
        ],
        "form": lambda study: form_address(known.forms.get(ONE_STUDY), study),
        "night": {
            "tone": tone,
            "ended": ended,
            "since": shown_time(known.night.since if known.night else None, zone, language),
            "next": shown_time(known.next_night, zone, language),
            "attempt": _watched(known.night),
            "form": f"/deployments/deployment/{known.forms[NIGHT]}" if NIGHT in known.forms else "/deployments",
        },
        "asked_at": shown_time(datetime.now(zone), zone, language),
    }


def _watched(attempt: Attempt | None) -> str:
    """Prefect's page of a run; "" where there is none."""
    return f"/runs/flow-run/{attempt.id}" if attempt else ""


def _reports(folder: Path, zone: ZoneInfo, language: Language) -> dict[str, object]:
    return {
        "name": folder.name,
        "title": study_title(folder),
        "runs": study_runs(folder, zone, language),
        "exported": exported_files(folder),
    }


def _language(request: Request, usual: Language) -> Language:
    asked = request.query_params.get("lingua")
    return "en" if asked == "en" else "it" if asked == "it" else usual


def _page(template: str, language: Language, status: int = 200, **values: object) -> Response:
    html = (
        _environment()
        .get_template(template)
        .render(
            w=templates("office", language),
            language=language,
            prefix=PREFIX,
            style=Markup(_part("office.css")),
            **values,
        )
    )
    return HTMLResponse(html, status, headers=_HEADERS)


@cache
def _environment() -> jinja2.Environment:
    return html_environment(_part)


def _part(name: str) -> str:
    return files("flows.service").joinpath("pages", name).read_text(encoding="utf-8")
