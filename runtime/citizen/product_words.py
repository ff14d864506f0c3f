"""How a product that was issued stands, in words: that it holds, was taken back, replaced, or ended with its case."""

from __future__ import annotations

from typing import assert_never

from rules.case_event import NumberedProduct
from rules.product_standing import Standing, stands
from runtime.cases.open_case import OpenCase
from runtime.citizen.fault import mark
from runtime.voice import Voice

PROVISIONAL = mark("Sementara: berlaku sampai digantikan, atau sampai permohonan ini berakhir.")
REPLACED, ENDED = mark("Digantikan oleh nomor {number}."), mark("Berakhir bersama permohonannya.")
REVOKED = mark("Sudah dicabut dan tidak berlaku lagi.")


def product_words(case: OpenCase, product: NumberedProduct, voice: Voice) -> str:
    """Say how a product stands where there is something to say."""
    permit = case.permit.permit
    found = stands(permit, case.state, product)
    match found.standing:
        case Standing.VALID:
            return voice.say(PROVISIONAL) if permit.provisional(product.code) else ""
        case Standing.REPLACED:
            assert found.by is not None
            return voice.say(REPLACED, number=found.by.number)
        case Standing.ENDED:
            return voice.say(ENDED)
        case Standing.REVOKED:
            return voice.say(REVOKED)
        case _:
            assert_never(found.standing)
