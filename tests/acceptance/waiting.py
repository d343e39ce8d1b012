"""What tests of several processes share: a port to give away, and waiting for something to become true."""

import socket
import time
import urllib.error

PATIENCE = 900  # seconds; measures the machine, which others may be using, so that only what never comes takes as long


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(found, what, seconds=PATIENCE, pause=0.3):
    """What `found()` returns once that is true; fails when it is not within `seconds`.

    A server that does not answer (busy, starting, ended) is asked again; an answer that is an error is a failure.
    """
    deadline = time.monotonic() + seconds
    while True:
        late = time.monotonic() > deadline  # before looking: a slow look is a last look, not none
        try:
            result = found()
        except urllib.error.HTTPError:
            raise
        except (ConnectionError, TimeoutError, urllib.error.URLError):
            result = None
        if result:
            return result
        if late:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(pause)
