"""What the API answers, in words, where Prefect would answer in English or "Internal Server Error". It decides nothing.

Around Prefect's app, not inside it: a refused run says which parameter is wrong, a full disk says that it is full.
"""

import json
from pathlib import Path

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.faults import SERVICE_FULL, is_full
from flows.service.refusals import plain_refusal

_REFUSED = ("Error creating flow run: Validation failed", "Error hydrating", "Invalid request")
_KEPT_OF_PREFECTS = 500  # characters


class PlainAnswers:
    """An ASGI app that passes Prefect's answers on, but for those of a refused run and of a full disk at `home`.

    These keep Prefect's own words under `prefect`. A full disk is 503, which Prefect's clients ask again, the runs that
    are going on among them.
    """

    def __init__(self, prefect: ASGIApp, home: Path):
        self._prefect = prefect
        self._home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun: list[Message] = []
        said = bytearray()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and self._unclear(scope["path"], message["status"]):
                begun.append(message)
                return
            if not begun:
                await send(message)
                return
            said.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            if plain := _plain(begun[0]["status"], bytes(said)):
                await plain(scope, receive, send)
                return
            await send(begun[0])
            await send({"type": "http.response.body", "body": bytes(said)})

        await self._prefect(scope, receive, answer)

    def _unclear(self, path: str, status: int) -> bool:
        return (400 <= status < 500 and path.endswith("/create_flow_run")) or (status >= 500 and is_full(self._home))


def _plain(status: int, said: bytes) -> JSONResponse | None:
    """Trama's answer in the place of Prefect's; None where Prefect's stands."""
    prefects = _prefects(said)
    if status >= 500:
        status = 503
        words = SERVICE_FULL.it
    elif prefects.startswith(_REFUSED):
        words = plain_refusal(prefects)
    else:
        return None
    return JSONResponse({"detail": words, "prefect": prefects[:_KEPT_OF_PREFECTS]}, status)


def _prefects(said: bytes) -> str:
    """What Prefect says in the body of its answer."""
    try:
        body = json.loads(said)
    except ValueError:
        return ""
    return str(body.get("detail") or body.get("exception_message") or "") if isinstance(body, dict) else ""
