"""What is promised of a product, in words: how long it takes and since when, and what it comes after."""

from __future__ import annotations

from rules.duration import Duration
from rules.permit import Permit, Product
from rules.printed import printed_duration
from rules.words import Words


def promise_words(permit: Permit, product: Product, duration: Duration) -> Words:
    """Say how long a product takes: «paling lama 5 hari kerja sejak diajukan»."""
    since = since_words(permit, product)
    return Words(
        f"paling lama {printed_duration(duration, 'id')} {since.id}",
        f"at most {printed_duration(duration, 'en')} {since.to('en')}",
    )


def since_words(permit: Permit, product: Product) -> Words:
    """Say since when a product's clock runs: from filing, or from the issue of what it needs."""
    needed = None if product.needs is None else permit.product(product.needs)
    if needed is None:
        return Words("sejak diajukan", "from filing")
    return Words(f"sejak {needed.name.id} terbit", f"from the issue of: {needed.name.to('en')}")


def order_words(permit: Permit, product: Product) -> Words | None:
    """Say that a product is provisional, or replaces one; None for any other."""
    after = [one.name for one in permit.products if one.replaces == product.code]
    if after:
        return Words(
            f"sementara, sampai terbit {' atau '.join(name.id for name in after)}",
            f"provisional, until the issue of: {' or '.join(name.to('en') for name in after)}",
        )
    replaced = None if product.replaces is None else permit.product(product.replaces)
    if replaced is None:
        return None
    return Words(f"menggantikan {replaced.name.id}", f"replaces: {replaced.name.to('en')}")
