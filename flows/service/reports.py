"""The finished runs' files over HTTP, beside Prefect's UI. Serves nothing else, and asks for no password itself."""

from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from corpus.errors import StudyError
from flows.fence import REPORT_HEADERS
from flows.service.studies import study_in
from outputs.export import EXPORT
from outputs.run.folder import RUNS, file_within

PREFIX = "/rapporti"


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
            path = _file(study_in(root, asked["study"]), asked["run"], asked["file"])
        except StudyError:
            path = None
        if path is None:
            return PlainTextResponse("Questo file non c'è.", status_code=404)
        return FileResponse(path, headers=REPORT_HEADERS)

    return Starlette(routes=[Route("/{study}/{run}/{file:path}", answer)])


def _file(study: Path, run: str, file: str) -> Path | None:
    return file_within(study / EXPORT, file) if run == EXPORT else file_within(study / RUNS, f"{run}/{file}")
