"""The process of Prefect's server, API and UI, until the parent's pipe closes. With a studies folder, also its reports.

`flows.local_server` starts it for one run, `flows.service` for as long as the service lives.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.server.database import provide_database_interface
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.routing import Mount

from flows.blank_database import lay_database
from flows.parent import when_parent_ends
from flows.prefect_home import STATE
from flows.service.environment import ROOT


def application() -> Any:
    """Prefect's ASGI app; where TRAMA_STUDIES names a folder, in plainer words and with the studies' reports beside."""
    prefect = create_app()
    root = os.environ.get(ROOT)
    if not root:
        return prefect
    from flows.service.answers import PlainAnswers  # heavy, and a run's own server has none
    from flows.service.reports import PREFIX, reports_app

    reports = reports_app(Path(root), os.environ.get("PREFECT_SERVER_API_AUTH_STRING"))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with prefect.router.lifespan_context(prefect):
            yield

    plain = PlainAnswers(prefect, Path(root) / STATE)
    return Starlette(routes=[Mount(PREFIX, reports), Mount("/", plain)], lifespan=lifespan)


async def _migrate() -> None:
    """Make the database that the settings name, which has no tables yet."""
    database = provide_database_interface()
    await database.create_db()
    await (await database.engine()).dispose()


def _lay_database() -> None:
    """Spare a new SQLite file its migrations; an old one, and PostgreSQL, Prefect migrates as it starts."""
    url = make_url(os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"])
    if url.get_backend_name() == "sqlite" and url.database:
        lay_database(Path(url.database), lambda: asyncio.run(_migrate()))


def main() -> None:
    """Serve on the host and port given as the only arguments."""
    when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    host, port = sys.argv[1:]
    _lay_database()
    uvicorn.run(application(), host=host, port=int(port), log_level="warning", lifespan="on")


if __name__ == "__main__":
    main()
