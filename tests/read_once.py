"""Counties are read hundreds of times in a run, and nearly always the same files: each content is read once per process."""

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from config import catalogue, loader, parts
from config.catalogue import read_catalogue
from config.document import Document, read_document
from model.county import County

Contents = tuple[tuple[Path, bytes], ...]


@functools.cache
def _document(file: Path, content: bytes) -> Document:  # noqa: ARG001 - what is in it decides
    return read_document(file)


def _read(file: Path) -> Document:
    try:
        content = file.read_bytes()
    except OSError:
        return read_document(file)
    found = _document(file, content)
    return replace(found, mistakes=[*found.mistakes])  # whoever reads it adds what he finds


def _contents(directory: Path) -> Contents:
    return tuple((one, one.read_bytes()) for one in sorted(directory.rglob("*")) if one.is_file())


def _once(load: Callable[[Path, Any], County]) -> Callable[[Path, Any], County]:
    known = dict[tuple[Path, Contents, Contents], County]()

    def county(directory: Path, defaults: Any) -> County:
        documents = defaults[1]
        key = directory, _contents(directory), tuple((one.file, one.file.read_bytes()) for one in documents)
        if key not in known:
            known[key] = load(directory, defaults)
        return known[key]

    return county


def _read_catalogue(folder: Path) -> catalogue.Catalogue:
    texts, documents = _catalogue(folder, _contents(folder))
    for one in documents:
        one.mistakes.clear()  # whoever reads it adds what he finds
    return ({**texts}, [*documents]) if texts else read_catalogue(folder)


@functools.cache
def _catalogue(folder: Path, contents: Contents) -> catalogue.Catalogue:  # noqa: ARG001 - what is in it decides
    found = read_catalogue(folder)
    return ({}, []) if any(one.mistakes for one in found[1]) else found


def read_once() -> None:
    """From now on. What is wrong with a county is found anew every time."""
    loader.read_catalogue = _read_catalogue
    catalogue.read_document = parts.read_document = _read
    loader._county = _once(loader._county)
