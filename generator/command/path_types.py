"""Arguments and options that name files and folders; apart from `verb`, since the help needs none of them."""

from __future__ import annotations

from pathlib import Path

import click

CATALOG = Path("catalog")


def folder_argument() -> click.Argument:
    """Make the argument that names the catalog folder."""
    return click.Argument(["catalog"], metavar="[KATALOG]", default=CATALOG, type=folder_type())


def folder_type() -> click.Path:
    """Return the type of a folder that must be there."""
    return click.Path(exists=True, file_okay=False, path_type=Path)


def new_folder_type() -> click.Path:
    """Return the type of a folder that is made when it is not there."""
    return click.Path(file_okay=False, path_type=Path)


def file_type() -> click.Path:
    """Return the type of a file that must be there."""
    return click.Path(exists=True, dir_okay=False, path_type=Path)
