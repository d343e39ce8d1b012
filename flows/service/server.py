"""The process of a service's server: Prefect's in plainer words, with the studies' reports beside.

`flows.service.serving` starts it for as long as the service lives.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from prefect.server.api.server import create_app
from starlette.applications import Starlette
from starlette.routing import Mount

from flows.parent import when_parent_ends
from flows.server.prefect_home import STATE
from flows.service.environment import served_root
from flows.service.plain_answers import PlainAnswers
from flows.service.reports import PREFIX, reports_app


def application() -> Starlette:
    """The ASGI app: reports below their prefix, Prefect's UI and API everywhere else."""
    prefect = create_app()
    reports = reports_app(served_root(), os.environ.get("PREFECT_SERVER_API_AUTH_STRING"))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with prefect.router.lifespan_context(prefect):
            yield

    plain = PlainAnswers(prefect, served_root() / STATE)
    return Starlette(routes=[Mount(PREFIX, reports), Mount("/", plain)], lifespan=lifespan)


def main() -> None:
    """Serve on the host and port given as the only arguments, until the parent's pipe closes."""
    when_parent_ends(lambda: os.kill(os.getpid(), signal.SIGTERM))
    host, port = sys.argv[1:]
    uvicorn.run(application(), host=host, port=int(port), log_level="warning", lifespan="on")


if __name__ == "__main__":
    main()
