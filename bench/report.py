"""How a benchmark tells what it measured: rows, and ratios beside their targets."""

from __future__ import annotations

WIDTH = 56


def heading(text: str) -> None:
    print(f"\n{text}")


def row(name: str, value: str) -> None:
    print(f"  {name:<{WIDTH}} {value}")


def ratio(name: str, value: float, *, most: float | None = None, least: float | None = None) -> None:
    """Print a ratio and whether it reaches its target, if it has one: at most, or at least, a number."""
    if most is None and least is None:
        row(name or "ratio", f"{value:.2f} ×")
        return
    target = f"at most {most:g}" if most is not None else f"at least {least:g}"
    reached = value <= most if most is not None else least is None or value >= least
    row(name or "ratio", f"{value:.2f} × ({target}: {'reached' if reached else 'MISSED'})")
