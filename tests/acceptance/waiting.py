"""What tests of several processes share: a port to give away, and waiting for something to become true."""

import socket
import time


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(found, what, seconds=300, pause=0.3):
    """What `found()` returns once that is true; fails when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = found()
        if result:
            return result
        time.sleep(pause)
    raise AssertionError(f"waited {seconds} s for {what}")
