"""`trama read`: the reading room of one study on this machine alone, until it is told to stop."""

import secrets
import socket
import zlib
from collections.abc import Callable
from pathlib import Path

import uvicorn

from corpus.errors import study_error
from corpus.words.language import Language
from flows.fence import Fence
from flows.host import logged_to
from flows.reading.application import room_app
from flows.reading.gate import TOKEN, Gate
from flows.reading.room import Room
from flows.server.prefect_home import STATE

HERE = "127.0.0.1"
_FIRST_PORT = 20_000
_PORTS = 10_000
LOG = "read.log"  # who decides what, by ids


def serve_room(room: Room, language: Language, ready: Callable[[str], None], port: int = 0) -> None:
    """Serve until Ctrl+C; `ready` gets the address that opens the room, once it can be opened.

    Port 0 is the study's usual one, or any that is free: what a page could not send before the server died waits in the
    browser for the same port. Raises StudyError when the port is in use or the study cannot be read.
    """
    room.study()
    (room.folder / STATE).mkdir(exist_ok=True)
    gate = Gate(room_app(lambda _request: room, language, secrets.token_urlsafe(32)), language)
    with logged_to(room.folder / STATE / LOG), _listening(port, usual_port(room.folder)) as listener:
        ready(f"http://{HERE}:{listener.getsockname()[1]}/?{TOKEN}={gate.token}")
        # No log of requests: the address of the first one opens the room.
        config = uvicorn.Config(Fence(gate), log_level="critical", access_log=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])


def usual_port(folder: Path) -> int:
    """The port that a study's room takes where it is free: the same for the same folder."""
    return _FIRST_PORT + zlib.crc32(str(folder).encode(errors="surrogateescape")) % _PORTS


def _listening(port: int, usual: int) -> socket.socket:
    """A socket on `port`, for 0 on the usual one or any other. Raises StudyError when it is in use."""
    for each in [port] if port else [usual, 0]:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HERE, each))
            listener.listen()
            return listener
        except OSError as error:
            listener.close()
            reason = error.strerror
    raise study_error(
        f"la porta {port} è occupata ({reason}): scegline un'altra con --port, o toglilo",
        f"port {port} is in use ({reason}): choose another with --port, or leave it out",
    )
