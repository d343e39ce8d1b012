"""The studies that a service may touch: the direct subfolders of one folder, and nothing else."""

from pathlib import Path

from corpus.errors import study_error
from corpus.settings import FILE

ONE_STUDY = "Analizza uno studio"  # the flow, and the deployment, that analyses one


def find_studies(root: Path) -> dict[str, Path]:
    """Name -> folder of every study directly below `root`, by name.

    A study has a study.toml and is a real folder: hidden ones and symbolic links do not count.
    """
    folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink())
    return {path.name: path for path in folders if not path.name.startswith(".") and (path / FILE).is_file()}


def study_in(root: Path, name: str) -> Path:
    """The folder of the study `name` below `root`.

    Raises StudyError for anything that `find_studies` does not list: another folder's path, `..`, a symbolic link.
    """
    studies = find_studies(root)
    if name not in studies:
        known = ", ".join(studies) or "-"
        raise study_error(
            f"«{name}» non è uno studio di questa cartella; ci sono: {known}",
            f"`{name}` is no study of this folder; there are: {known}",
        )
    return studies[name]


def check_root(root: Path) -> Path:
    """The absolute path of the studies folder. Raises StudyError when it is no folder or holds no study."""
    if not root.is_dir():
        raise study_error(f"la cartella `{root}` non c'è", f"there is no folder `{root}`")
    if not find_studies(root):
        raise study_error(
            f"nella cartella `{root}` non c'è nessuno studio; creane uno: trama init {root / 'mio-studio'}",
            f"the folder `{root}` holds no study; make one: trama init {root / 'my-study'}",
        )
    return root.resolve()
