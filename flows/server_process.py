"""The process that `flows.local_server` starts: Prefect's API on loopback until the parent's pipe closes."""

import os
import signal
import sys
import threading

import uvicorn
from prefect.server.api.server import create_app


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve on the port given as the only argument."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    uvicorn.run(create_app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", lifespan="on")


if __name__ == "__main__":
    main()
