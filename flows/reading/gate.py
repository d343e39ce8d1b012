"""Who may enter the reading room at a terminal: whoever has the address that was printed. Serves nothing itself.

The address opens the room once; from then on a cookie holds, which no script reads and no other site sends along.
"""

import hmac
import secrets
import threading

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.words.language import Bilingual, Language

TOKEN = "token"
_USED = Bilingual(
    "Questa sala di lettura si apre con l'indirizzo che `trama read` ha stampato, che vale una volta sola e per il "
    "browser in cui è stato aperto. Torna in quel browser, oppure ferma `trama read` (Ctrl+C) e avvialo di nuovo.",
    "This reading room opens by the address that `trama read` printed, which holds once and for the browser in which "
    "it was opened. Go back to that browser, or stop `trama read` (Ctrl+C) and start it again.",
)


class Gate:
    """An ASGI app that answers 403 in the place of `app` to whoever has not come in by `?token=` of `token`."""

    def __init__(self, app: ASGIApp, language: Language):
        self.token = secrets.token_urlsafe(32)
        self._app = app
        self._language: Language = language
        self._session = secrets.token_urlsafe(32)
        self._cookie = f"trama-{secrets.token_hex(4)}"  # cookies are shared by all ports: another room has its own
        self._unused = True
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        known = _same(request.cookies.get(self._cookie, ""), self._session)
        given = request.query_params.get(TOKEN)
        if given is not None and (known or self._is_first(given)):
            await self._let_in(request)(scope, receive, send)
        elif known or request.url.path.startswith("/static/"):
            await self._app(scope, receive, send)
        else:
            await self._refusal(request)(scope, receive, send)

    def _is_first(self, given: str) -> bool:
        with self._lock:
            first = self._unused and _same(given, self.token)
            self._unused = self._unused and not first
        return first

    def _let_in(self, request: Request) -> Response:
        """To the same page by an address without the token, which stays in no history and in no Referer."""
        answer = RedirectResponse(request.url.path, status_code=303, headers={"Referrer-Policy": "no-referrer"})
        answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict", path="/")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _refusal(self, request: Request) -> Response:
        words = _USED.say(self._language)
        if request.url.path == "/":
            return PlainTextResponse(words, 403)
        return JSONResponse({"message": words}, 403)


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
