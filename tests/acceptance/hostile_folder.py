"""Files that do harm when a program imports them, or takes them for settings, from the folder where it is called."""

from pathlib import Path

# What Trama, its libraries and Python itself import at one time or another, installed here or not.
_MODULES = (
    "alembic", "asyncio", "bertopic", "click", "corpus", "distributed", "encodings", "fcntl", "flows", "json", "lxml",
    "matplotlib", "multiprocessing", "nlp", "numba", "numpy", "outputs", "pandas", "prefect", "re", "sitecustomize",
    "spacy", "sqlite3", "struct", "torch", "usercustomize", "uvicorn",
)  # fmt: skip
_LOGGING = """
version: 1
formatters:
  trap:
    "()": os.mkdir
    path: {mark}
handlers:
  console:
    class: logging.StreamHandler
    formatter: trap
root:
  handlers: [console]
"""


def make_hostile(folder: Path, mark: Path) -> Path:
    """Plant the files in `folder`: a module that is imported leaves something at `mark`, a setting ends the program."""
    folder.mkdir(parents=True, exist_ok=True)
    trap = f"open({str(mark)!r}, 'a').write(__name__ + chr(10))\n"
    for name in _MODULES:
        (folder / f"{name}.py").write_text(trap)
    # What an editable installation puts on the path, beside the names of packages that are found by their data.
    for package in (folder / "encodings", folder / "__editable__.trama-0.1.0.finder.__path_hook__"):
        package.mkdir()
        (package / "__init__.py").write_text(trap)
        (package / "numba.py").write_text(trap)
    for settings in ("prefect.toml", "pyproject.toml"):
        (folder / settings).write_text("[[[ no TOML")
    (folder / ".env").write_text("PREFECT_SERVER_DATABASE_TIMEOUT=never\nPREFECT_API_URL=nowhere\n")
    (folder / "matplotlibrc").write_bytes(b"font.size: \xff\xfe")
    for home in (folder, folder / ".trama" / "prefect"):
        home.mkdir(parents=True, exist_ok=True)
        (home / "logging.yml").write_text(_LOGGING.format(mark=mark))
        (home / "profiles.toml").write_text("[[[ no TOML")
    return folder
