"""The process of a service's server: Prefect's in plainer words, with Trama's own pages and reports beside.

`flows.service.serving` starts it for as long as the service lives.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import prefect
import uvicorn
from prefect.server.api.server import create_app
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from corpus.words.language import Language
from flows.fence import Fence
from flows.parent import when_parent_ends
from flows.server.prefect_home import STATE
from flows.service.environment import LANGUAGE, NAMES, ZONE, served_root
from flows.service.home import own_routes
from flows.service.password import Password
from flows.service.plain_answers import PlainAnswers
from flows.service.reading import PREFIX as READING
from flows.service.reading import reading_app
from flows.service.reports import PREFIX, reports_app

NOWHERE = Path(os.devnull, "none")  # where there never is a file


def application() -> ASGIApp:
    """The ASGI app: Trama's own pages, Prefect's UI and API everywhere else, no page of others let in."""
    # Prefect would offer its newer pages beside the older ones; they ask a host that counts their readers.
    prefect.__ui_v2_static_path__ = NOWHERE
    app = create_app()
    root = served_root()
    password = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    language: Language = "en" if os.environ[LANGUAGE] == "en" else "it"
    own = own_routes(root, ZoneInfo(os.environ[ZONE]), language, password)
    reports = Password(reports_app(root), password)
    reading = Password(reading_app(root, language), password)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with app.router.lifespan_context(app):
            yield

    plain = PlainAnswers(app, root / STATE)
    rooms = Starlette(
        routes=[*own, Mount(PREFIX, reports), Mount(READING, reading), Mount("/", plain)], lifespan=lifespan
    )
    return Fence(rooms, os.environ.get(NAMES, "").split())


def main() -> None:
    """Serve on the host and port given as the only arguments, until the parent's pipe closes."""
    when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    host, port = sys.argv[1:]
    uvicorn.run(application(), host=host, port=int(port), log_level="warning", lifespan="on")


if __name__ == "__main__":
    main()
