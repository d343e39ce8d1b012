"""The process of Prefect's server, API and UI, until the parent's pipe closes.

`flows.server.local_server` starts it for one run; a service's own, flows.service.server, serves more than Prefect's.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.server.database import provide_database_interface
from sqlalchemy import make_url

from flows.parent import when_parent_ends
from flows.server.blank_database import lay_database


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


def serve(application: Callable[[], Any]) -> None:
    """Serve the ASGI app that `application` makes on the host and port given as the only arguments."""
    when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    host, port = sys.argv[1:]
    _lay_database()
    uvicorn.run(application(), host=host, port=int(port), log_level="warning", lifespan="on")


if __name__ == "__main__":
    serve(create_app)
