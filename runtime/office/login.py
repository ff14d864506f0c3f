"""The way into the office: NIP and password, an own password at the first time, the code of an authenticator."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from runtime.citizen.fault import mark
from runtime.citizen.visit import chosen_language
from runtime.office.password_words import weakness_words
from runtime.office.threshold import Threshold
from runtime.office.way_back import asking
from runtime.people.demo import PASSWORD, DemoPerson, demo_people
from runtime.people.password import Weakness
from runtime.people.posts import agency_name, role_name
from runtime.people.staff_sessions import StaffSession, Step

SIGN_IN = mark("Masuk untuk petugas")
OWN_PASSWORD = mark("Buat sandi Anda sendiri")
CODE = mark("Kode dari aplikasi autentikator")
WRONG = mark("NIP atau sandi tidak cocok")
WRONG_WHY = mark("Periksa lagi NIP dan sandinya. Sandi pertama dari admin berlaku tiga hari.")
STALE = mark("Halaman ini sudah terlalu lama terbuka")
STALE_WHY = mark("Belum ada yang dikirim. Isi sekali lagi.")
WRONG_CODE = mark("Kode tidak cocok")
WRONG_CODE_WHY = mark("Setiap kode berlaku satu kali, selama setengah menit. Tunggu kode berikutnya, lalu tulis lagi.")
DIFFERENT = mark("Kedua sandi tidak sama")
DIFFERENT_WHY = mark("Tulis sandi yang sama dua kali.")

Faults = Sequence[tuple[str, str]]


async def ask(request: Request) -> Response:
    """Ask for NIP and password."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    at = await Threshold.at(request)
    return _sign_in(at) if at.session is None else at.elsewhere()


async def enter(request: Request) -> Response:
    """Take NIP and password."""
    at = await Threshold.at(request)
    if at.session is not None:
        return at.elsewhere()
    sent = await at.sent()
    if sent is None:
        return _sign_in(at, STALE, [("nip", STALE_WHY)], status=403)
    nip = sent.get("nip", "")
    entered = await at.kit.people.sign_in.enter(at.code, nip, sent.get("sandi", ""), at.address)
    return _sign_in(at, WRONG, [("nip", WRONG_WHY)], nip, 422) if entered is None else at.entered(entered)


async def ask_password(request: Request) -> Response:
    """Ask for an own password in the place of the one that was given."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    at = await Threshold.at(request)
    return at.elsewhere() if at.standing(Step.PASSWORD) is None else _password(at)


async def take_password(request: Request) -> Response:
    """Take an own password."""
    at = await Threshold.at(request)
    session = at.standing(Step.PASSWORD)
    if session is None:
        return at.elsewhere()
    sent = await at.sent()
    if sent is None:
        return _password(at, STALE, [("baru", STALE_WHY)], 403)
    new = sent.get("baru", "")
    if new != sent.get("ulang", ""):
        return _password(at, DIFFERENT, [("ulang", DIFFERENT_WHY)], 422)
    entered = await at.kit.people.sign_in.own_password(session, new)
    match entered:
        case None:
            return at.elsewhere()
        case Weakness():
            title, why = weakness_words(entered)
            return _password(at, title, [("baru", why)], 422)
        case _:
            return at.entered(entered)


async def ask_code(request: Request) -> Response:
    """Ask for the code of an authenticator."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    at = await Threshold.at(request)
    session = at.standing(Step.CODE)
    return at.elsewhere() if session is None else _code(at, session)


async def take_code(request: Request) -> Response:
    """Take a code, of the authenticator or on paper."""
    at = await Threshold.at(request)
    session = at.standing(Step.CODE)
    if session is None:
        return at.elsewhere()
    sent = await at.sent()
    if sent is None:
        return _code(at, session, STALE, [("kode", STALE_WHY)], 403)
    entered = await at.kit.people.second_factor.prove(session, sent.get("kode", ""))
    if entered is None:
        return _code(at, session, WRONG_CODE, [("kode", WRONG_CODE_WHY)], 422)
    return at.entered(entered)


def _sign_in(at: Threshold, fault: str = "", faults: Faults = (), nip: str = "", status: int = 200) -> Response:
    people = demo_people(at.city.city) if at.kit.people.demo else ()
    chosen = next((one for one in people if one.nip == at.request.query_params.get("orang")), None)
    context = {
        "title": at.voice.say(SIGN_IN),
        **_said(at, fault, faults),
        "nip": nip or ("" if chosen is None else chosen.nip),
        "known_password": PASSWORD if people else "",
        "password": PASSWORD if chosen is not None else "",
        "people": _by_agency(at, people),
    }
    return at.page("staff_sign_in.html", context, status)


def _password(at: Threshold, fault: str = "", faults: Faults = (), status: int = 200) -> Response:
    context = {"title": at.voice.say(OWN_PASSWORD), **_said(at, fault, faults)}
    return at.page("staff_password.html", context, status)


def _code(at: Threshold, session: StaffSession, fault: str = "", faults: Faults = (), status: int = 200) -> Response:
    context = {
        "title": at.voice.say(CODE),
        **_said(at, fault, faults),
        "why": "",
        "shown": at.kit.people.second_factor.shown(session),
        "cancel": "",
    }
    return at.page("staff_code.html", context, status)


def _said(at: Threshold, fault: str, faults: Faults) -> dict[str, object]:
    words = [(field, at.voice.say(why)) for field, why in faults]
    return {"fault": at.voice.say(fault) if fault else "", "faults": words}


def _by_agency(at: Threshold, people: Sequence[DemoPerson]) -> list[tuple[str, list[dict[str, str]]]]:
    city, found = at.city.city, dict[str, list[dict[str, str]]]()
    for one in people:
        said = {
            "nip": one.nip,
            "name": one.name,
            "role": role_name(city, one.post).to(at.lang),
            "link": f"{asking('', at.back)}&orang={one.nip}",
        }
        found.setdefault(one.post.agency, []).append(said)
    return [(agency_name(city, agency).to(at.lang), those) for agency, those in found.items()]
