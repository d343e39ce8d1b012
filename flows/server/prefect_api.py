"""Which Prefect API a command is to tell of its run, if any, and whether it answers. Imports and starts no Prefect.

In this order: PREFECT_API_URL in the environment; a `trama serve` that is serving the study's folder now; the API of
the active Prefect profile. Traces of a server that is gone (an address where nobody answers, a lock that nobody holds)
are passed over: a run needs no server.
"""

import base64
import json
import os
import threading
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

from corpus.words.language import Bilingual
from flows.file_lock import written_by_holder
from flows.server.prefect_home import QUIET, STATE, prefect_environment

LOCK = "service.lock"  # in the state folder of the studies' folder: held, and filled, by whoever serves it
PASSWORD = "TRAMA_PASSWORD"
ANSWER_SECONDS = 5.0
LOOK_SECONDS = 2.0
PATIENCE_SECONDS = 30.0  # a service that lost its server has started another by then


@dataclass(frozen=True)
class PrefectApi:
    """An API of Prefect's (`…/api`), and what a client of it must find in its environment.

    `served` is True where it is `trama serve`, which shows reports too.
    """

    address: str
    environment: Mapping[str, str] = field(default_factory=dict)
    served: bool = False

    def refusal(self) -> str:
        """Why a run cannot be told to this API now, in the system's or the server's words; "" where it can."""
        if not self.address.startswith(("http://", "https://")):
            return "?"
        headers = {"Content-Type": "application/json"}
        if key := self.environment.get("PREFECT_API_KEY"):
            headers["Authorization"] = f"Bearer {key}"
        elif password := self.environment.get("PREFECT_API_AUTH_STRING"):
            headers["Authorization"] = f"Basic {base64.b64encode(password.encode()).decode()}"
        try:
            request = urllib.request.Request(f"{self.address}/flows/count", b"{}", headers)
            with urllib.request.urlopen(request, timeout=ANSWER_SECONDS):
                return ""
        except urllib.error.HTTPError as error:
            return f"HTTP {error.code}"
        except urllib.error.URLError as error:
            return str(error.reason)
        except (OSError, ValueError, HTTPException) as error:  # too late, no address, no HTTP
            return str(error)


def find_api(study: Path) -> PrefectApi | None:
    """The API that a command on the study in the folder `study` (a whole path) is to tell of its run, if any."""
    if address := os.environ.get("PREFECT_API_URL"):
        return PrefectApi(address.rstrip("/"), QUIET | _secrets(os.environ))
    return _serving(study.parent) or _profile_api()


def usable_api(study: Path, tell: Callable[[Bilingual], None]) -> PrefectApi | None:
    """As `find_api`, but None, and `tell` says why, where the API does not answer or does not let us in."""
    api = find_api(study)
    if api is None:
        return None
    refusal = api.refusal()
    if not refusal:
        return api
    tell(
        Bilingual(
            f"Il server Prefect {api.address} non risponde come deve ({refusal}): l'analisi va avanti senza.",
            f"The Prefect server {api.address} does not answer as it should ({refusal}): the run goes on without it.",
        )
    )
    return None


@contextmanager
def watched(api: PrefectApi, lost: Callable[[], None]) -> Iterator[None]:
    """Call `lost`, in a thread of its own, when the API does not answer for half a minute within the block.

    Prefect would ask a dead server again and again for minutes.
    """
    over = threading.Event()

    def watch() -> None:
        silent = 0.0
        while not over.wait(LOOK_SECONDS):
            # A server that answers at all, even that it is busy, is alive.
            silent = silent + LOOK_SECONDS if _is_silent(api.address) else 0.0
            if silent >= PATIENCE_SECONDS:
                lost()
                return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _is_silent(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=ANSWER_SECONDS):
            return False
    except urllib.error.HTTPError:
        return False
    except TimeoutError:  # busy, which a server under many runs may be
        return False
    except (OSError, ValueError, HTTPException):
        return True


def _serving(studies: Path) -> PrefectApi | None:
    """The API of the `trama serve` that serves the folder `studies` now."""
    address = _address_in(written_by_holder(studies / STATE / LOCK) or b"")
    if not address:
        return None
    environment = {**prefect_environment(studies / STATE / "prefect"), "PREFECT_CLIENT_MAX_RETRIES": "8"}
    if password := os.environ.get(PASSWORD):
        environment["PREFECT_API_AUTH_STRING"] = password
    return PrefectApi(address, environment, served=True)


def write_address(lock: int, address: str) -> None:
    """Let runs in the folder whose service holds the open `lock` know the service's address."""
    os.pwrite(lock, json.dumps({"api": f"{address}/api"}).encode(), 0)


def _address_in(content: bytes) -> str:
    try:
        told = json.loads(content)
    except ValueError:  # a service of an older Trama, which wrote nothing
        return ""
    return str(told.get("api", "")) if isinstance(told, dict) else ""


def _profile_api() -> PrefectApi | None:
    """The API of the Prefect profile that the user's own `prefect` commands would use."""
    try:
        home = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect")
        file = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
        profiles: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        name = os.environ.get("PREFECT_PROFILE") or profiles.get("active", "")
        settings = {key: str(value) for key, value in profiles["profiles"][name].items()}
    except (OSError, RuntimeError, ValueError, KeyError, TypeError, AttributeError):  # none, or one that is none
        return None
    address = settings.get("PREFECT_API_URL", "")
    return PrefectApi(address.rstrip("/"), QUIET | _secrets(settings)) if address else None


def _secrets(settings: Mapping[str, str]) -> dict[str, str]:
    """What a client shows so as to be let in."""
    return {key: settings[key] for key in ("PREFECT_API_KEY", "PREFECT_API_AUTH_STRING") if settings.get(key)}
