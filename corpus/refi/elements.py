"""The elements of a REFI-QDA file, whatever namespace a program gives them. Knows no code and no text."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def text_of(element: Element, name: str) -> str:
    """The text of the first child of that name, "" where there is none."""
    return next((child.text or "" for child in children(element, name)), "")


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in element if tag(child) == name)


def has(element: Element, name: str) -> bool:
    """Whether there is a child of that name."""
    return next(children(element, name), None) is not None


def every(root: Element, name: str) -> Iterator[Element]:
    """The elements of that name below the root, at any depth."""
    return (element for element in root.iter() if tag(element) == name)


def guid_in(value: str | None) -> str:
    """A GUID as an attribute gives it, in the one spelling that compares."""
    return (value or "").strip("{} ").lower()


def tag(element: Element) -> str:
    """The element's name without its namespace; "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
