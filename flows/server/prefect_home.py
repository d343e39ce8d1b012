"""How Trama sets Prefect up: own home folder, no telemetry, quiet console. Imports no Prefect: it must come before."""

import os
from pathlib import Path

from flows.isolation import SAFE_PATH

STATE = ".trama"
ROOT = "TRAMA_STUDIES"  # names the folder of studies in every process of a service; elsewhere it is not set
_NO_FILE = f"{os.devnull}/none"  # where there never is one
# For every Prefect that Trama uses, its own or another's: no telemetry, nothing on the terminal, no results kept.
QUIET = {
    **SAFE_PATH,
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # One result is kept all the same, why parameters were refused: as text, which runs no code when it is read.
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    # Otherwise what Prefect could not send, of a server that died, is printed event by event.
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_CLIENT_METRICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}


def prefect_environment(home: Path) -> dict[str, str]:
    """Environment variables for every process of Trama that imports Prefect.

    `home` holds Prefect's database, so that the user's own Prefect profile is neither read nor changed. It lies in a
    folder that may come from anybody, so no settings are read there either: a logging.yml can name code to run.
    """
    home.mkdir(parents=True, exist_ok=True)
    return {
        **QUIET,
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": _NO_FILE,
        "PREFECT_LOGGING_SETTINGS_PATH": _NO_FILE,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
    }
