"""The finished runs' files over HTTP, beside Prefect's UI. Serves nothing else, and asks for no password itself."""

from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import StudyError
from flows.service.studies import study_in
from outputs.export import EXPORT
from outputs.run.folder import RUNS

PREFIX = "/rapporti"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    # Whatever lies in a run's folder: its scripts and forms reach neither this service nor another. The report's own
    # policy allows less still.
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
}


def report_address(study: str, run: str, file: str) -> str:
    """Where the service shows a file of a run: a path, so that it holds behind any name and any proxy."""
    return f"{PREFIX}/{quote(study)}/{quote(run)}/{quote(file)}"


def reports_app(root: Path) -> Starlette:
    """An ASGI app for `/STUDY/RUN/FILE` and `/STUDY/export/FILE` over the studies below `root`.

    Anything that is not a plain file in a run's or the export folder is answered with 404.
    """

    def answer(request: Request) -> Response:
        asked = request.path_params
        try:
            path = run_file(study_in(root, asked["study"]), asked["run"], asked["file"])
        except StudyError:
            path = None
        if path is None:
            return PlainTextResponse("Questo file non c'è.", status_code=404)
        return FileResponse(path, headers=HEADERS)

    return Starlette(routes=[Route("/{study}/{run}/{file:path}", answer)])


def run_file(study: Path, run: str, file: str) -> Path | None:
    """A file of a run, or of the export, of the study in the folder `study`; None where there is none."""
    runs = study / EXPORT if run == EXPORT else study / RUNS / run
    path = (runs / file).resolve()
    allowed = study / EXPORT if run == EXPORT else study / RUNS
    return path if path.is_relative_to(allowed.resolve()) and path.is_file() else None
