"""`trama read`: the reading room of one study on this machine alone, until it is told to stop."""

import secrets
import socket
from collections.abc import Callable

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
LOG = "read.log"  # who decides what, by ids


def serve_room(room: Room, language: Language, ready: Callable[[str], None], port: int = 0) -> None:
    """Serve until Ctrl+C; `ready` gets the address that opens the room, once it can be opened.

    Port 0 is any that is free. Raises StudyError when the port is in use or the study cannot be read.
    """
    room.study()
    gate = Gate(room_app(lambda _request: room, language, secrets.token_urlsafe(32)), language)
    with logged_to(room.folder / STATE / LOG), _listening(port) as listener:
        ready(f"http://{HERE}:{listener.getsockname()[1]}/?{TOKEN}={gate.token}")
        # No log of requests: the address of the first one opens the room.
        config = uvicorn.Config(Fence(gate), log_level="critical", access_log=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HERE, port))
    except OSError as error:
        listener.close()
        raise study_error(
            f"la porta {port} è occupata ({error.strerror}): scegline un'altra con --port, o toglilo",
            f"port {port} is in use ({error.strerror}): choose another with --port, or leave it out",
        ) from error
    listener.listen()
    return listener
