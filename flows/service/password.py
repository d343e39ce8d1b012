"""The service's password before Trama's own pages, as browsers ask for it. Prefect's API asks for it itself."""

import base64
import binascii
import hmac

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_ASK = {"WWW-Authenticate": 'Basic realm="Trama", charset="UTF-8"'}


class Password:
    """An ASGI app that answers 401 in the place of `app` without `password` (Prefect's auth string, `name:secret`).

    Without a password everybody who reaches the service is let in.
    """

    def __init__(self, app: ASGIApp, password: str | None):
        self._app = app
        self._password = password

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        given = Headers(scope=scope).get("authorization", "")
        if self._password and not _authorised(given, self._password):
            await Response(status_code=401, headers=_ASK)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _authorised(header: str, password: str) -> bool:
    scheme, _, encoded = header.partition(" ")
    try:
        given = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    return scheme.lower() == "basic" and hmac.compare_digest(given, password.encode())
