"""How every HTML page that Trama writes or serves is filled: escaped, and nothing missing passes. Room outputs."""

from collections.abc import Callable

import jinja2


def html_environment(read: Callable[[str], str]) -> jinja2.Environment:
    """The environment of templates that `read` gives by their names.

    Values are escaped; a value that a template asks for and nobody gives raises jinja2.UndefinedError.
    """
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(read),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
