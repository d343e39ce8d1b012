"""The reading room's page in words. Its scripts and styles lie in `static` beside it, for a server to hand out."""

from functools import cache
from pathlib import Path

import jinja2

from corpus.words.language import Language
from outputs.html_templates import html_environment
from outputs.words.sentences import templates

STATIC = Path(__file__).parent / "static"
_PAGE = "room.html"


def room_page(title: str, token: str, language: Language) -> str:
    """The page of the study called `title`; `token` is what its scripts send along with what they change."""
    words = templates("room", language)
    return _template().render(w=words, language=language, title=title, token=token, static="static")


@cache
def _template() -> jinja2.Template:
    return html_environment(lambda name: (STATIC / name).read_text(encoding="utf-8")).get_template(_PAGE)
