"""What the service tells its processes: options as environment variables. Imports no Prefect: it must come before."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import available_timezones

from corpus.errors import study_error
from corpus.words.language import Language
from flows.cluster import check_extra
from flows.server.prefect_api import PASSWORD
from flows.server.prefect_home import ROOT, STATE, prefect_environment
from flows.service.studies import check_root

CRON = "TRAMA_CRON"
ZONE = "TRAMA_TIMEZONE"
PARALLEL = "TRAMA_PARALLEL"
DASK = "TRAMA_DASK"
NAMES = "TRAMA_NAMES"
LANGUAGE = "TRAMA_LANGUAGE"


@dataclass(frozen=True)
class ServiceOptions:
    """Where and how to serve. `password` is Prefect's auth string, `name:secret`; `cron` has five fields in `zone`.

    `dask` is the address of a Dask scheduler whose workers annotate the runs' text; `names` are those by which browsers
    reach the service through a proxy, `language` is that of Trama's own pages.
    """

    root: Path
    host: str = "127.0.0.1"
    port: int = 4200
    database: str | None = None
    password: str | None = None
    cron: str = "0 2 * * *"
    zone: str = "Europe/Rome"
    parallel: int = 1
    dask: str | None = None
    names: tuple[str, ...] = ()
    language: Language = "it"

    @property
    def home(self) -> Path:
        """The folder of the service's own state."""
        return self.root / STATE

    @property
    def address(self) -> str:
        """The service's address for a browser on this machine or, with another host, on the network."""
        return f"http://{self.host}:{self.port}"


def checked(options: ServiceOptions) -> ServiceOptions:
    """The options with an absolute root. Raises StudyError for what cannot or must not be served."""
    try:
        loopback = ipaddress.ip_address(options.host).is_loopback
    except ValueError as error:
        raise study_error(
            f"«{options.host}» non è un indirizzo IP; per questa macchina: 127.0.0.1",
            f"`{options.host}` is no IP address; for this machine: 127.0.0.1",
        ) from error
    if not loopback and not options.password:
        raise study_error(
            f"senza parola d'ordine si serve solo questa macchina (127.0.0.1), non {options.host}: "
            f"metti «nome:segreto» nella variabile {PASSWORD}",
            f"without a password only this machine is served (127.0.0.1), not {options.host}: "
            f"put `name:secret` into the variable {PASSWORD}",
        )
    if options.password is not None and not all(options.password.partition(":")):
        raise study_error(
            f"la variabile {PASSWORD} deve avere la forma «nome:segreto»", f"{PASSWORD} must read `name:secret`"
        )
    if options.zone not in available_timezones():
        raise study_error(
            f"il fuso orario «{options.zone}» non esiste; per esempio Europe/Rome",
            f"there is no time zone `{options.zone}`; for example Europe/Rome",
        )
    if options.dask:
        check_extra()
    return replace(options, root=check_root(options.root))


def service_environment(options: ServiceOptions) -> Mapping[str, str]:
    """The variables for the server, the runner and the flows' processes."""
    environment = {
        **prefect_environment(options.home / "prefect"),
        ROOT: str(options.root),
        CRON: options.cron,
        ZONE: options.zone,
        PARALLEL: str(options.parallel),
        "PREFECT_API_URL": f"{options.address}/api",
        "PREFECT_UI_API_URL": "/api",
        # The newer pages ask a host that counts their readers at every click.
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": options.address,
        NAMES: " ".join(options.names),
        LANGUAGE: options.language,
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        # A server that died is back within a minute; runs wait for it (2, 4, 8 ... seconds) instead of failing.
        "PREFECT_CLIENT_MAX_RETRIES": "8",
    }
    if options.database:
        environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = options.database
    if options.password:
        environment["PREFECT_SERVER_API_AUTH_STRING"] = options.password
        environment["PREFECT_API_AUTH_STRING"] = options.password
    if options.dask:
        environment[DASK] = options.dask
    return environment


def served_root() -> Path:
    """The studies folder, in a process of the service."""
    return Path(os.environ[ROOT])
