"""Who may ask the service: its own pages and programs without a browser, by a name that is its own. Serves nothing.

A page of another site, or of another port, open in the same browser, could otherwise read studies and start runs,
also under a name that its owner lets lead here (DNS rebinding). Pages that are served get a content security policy.
"""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

_JSON = "application/json"
_OWN_SITE = {"same-origin", "none"}  # none: typed, or a bookmark
_READING = {"GET", "HEAD"}
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # Prefect's pages set styles of elements
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
REPORT_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    # Whatever lies in a run's folder: its scripts and forms reach neither this server nor another. The report's own
    # policy allows less still.
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
}
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
}


class Fence:
    """An ASGI app that answers 403 or 415 in the place of `app` where a foreign page may be behind the request.

    `names` are host names by which the service is reached besides this machine's own and its addresses in figures. What
    `app` answers gets the headers that keep a page from asking others, where it has none of its own.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = ()):
        self._app = app
        self._given = {name.lower() for name in names}
        self._names = {"localhost", socket.gethostname().lower(), *self._given}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the opening of one websocket."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        status, words = self._refusal(scope)
        if not status:
            await self._app(scope, receive, answer)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            await JSONResponse({"detail": words}, status)(scope, receive, answer)

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        """The status and the words with which the request is refused; (0, "") where it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_own(host):
            return 403, f"Questo servizio non si chiama «{host[:100]}». Se è un suo nome: trama serve --name NOME …"
        if not self._is_from_own_page(headers, host, scope.get("method", "GET")):
            return 403, "Richiesta rifiutata: viene da una pagina di un altro sito o di un'altra porta."
        if scope["type"] == "http" and scope["method"] not in _READING and not _is_json(headers):
            return 415, f"Richiesta rifiutata: il suo contenuto dev'essere {_JSON}, e dirlo."
        return 0, ""

    def _is_own(self, host: str) -> bool:
        """Whether `host` (a name, perhaps with a port) is ours. No name leads to an address in figures but itself."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _is_from_own_page(self, headers: Headers, host: str, method: str) -> bool:
        """Whether the service's own page sent the request, or no page: programs send neither header.

        Browsers send both, but Sec-Fetch-Site to a plain http address on the network, and Origin with what only reads.
        """
        origin = headers.get("origin")
        if origin is not None:
            return self._same_place(origin, host)
        from_link = method in _READING and headers.get("sec-fetch-mode") == "navigate"
        return headers.get("sec-fetch-site", "none") in _OWN_SITE or from_link

    def _same_place(self, origin: str, host: str) -> bool:
        """Behind a proxy that ends TLS the page's address has another scheme than ours, and the proxy's name."""
        try:
            place = urlsplit(origin)
        except ValueError:
            return False
        if place.scheme not in {"http", "https"}:  # "null" too: a file, a page in a sandbox
            return False
        return place.netloc.lower() == host.lower() or (place.port is None and place.hostname in self._given)


def _is_json(headers: Headers) -> bool:
    """Whether a request that changes something says that it is JSON, as no form and no plain text of a page does.

    A page may also send a body of no type, which Prefect would take for JSON.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    empty = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return kind == _JSON or (not kind and empty)
