"""The whole site on one screen: what it holds, what stands before it, and every page.

.venv/bin/python -m uvicorn --factory runtime.site:site
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Scope

from runtime.access_log import AccessLog, to_standard_output
from runtime.api.bank import bank_routes
from runtime.api.routes import api_routes
from runtime.cases.attempt import SIGNATURE
from runtime.cases.attempts import TooManyTriesError
from runtime.cases.case_entry import ChangedError
from runtime.cases.drafts import DraftGoneError, DraftTooLargeError
from runtime.cases.open_case import ReleaseGoneError
from runtime.cases.store_fault import StoreUnavailableError
from runtime.chores.assignment import Assignment
from runtime.chores.rounds import FAULTS, Chore, Rounds
from runtime.citizen import (
    bill,
    case_page,
    catalog,
    documents,
    find,
    form,
    notices,
    objection,
    performance,
    permit_check,
    product,
    receipt,
    repair_form,
    repair_papers,
    repair_review,
    review,
    standard,
    survey,
    track,
    whole_standard,
    withdrawal,
)
from runtime.citizen.first_look import FirstLook
from runtime.documents.janitor import rescan
from runtime.guard import Guard
from runtime.office.routes import office_routes
from runtime.page_kit import Kit, PageKit
from runtime.serving import Serving, serving
from runtime.settings import Limits, Settings, from_environment
from runtime.trouble import (
    on_failure,
    on_gone,
    on_http,
    on_left,
    on_release_gone,
    on_store,
    on_tired,
    on_too_large,
    trouble,
)

LOOK_FOR_RELEASES = 0.5  # seconds
TIDY = 3600.0
CHORES_BEGIN = 2.0
SEND = 1.0


def site_routes(kit: PageKit, limits: Limits) -> list[BaseRoute]:
    """Return every route of the site; `runtime.people.route_acts` says which act each is."""
    page_limit = [Middleware(RequestBodyLimitMiddleware, max_body_size=limits.page_body)]
    file_limit = [Middleware(RequestBodyLimitMiddleware, max_body_size=limits.upload_body)]
    scans_limit = [Middleware(RequestBodyLimitMiddleware, max_body_size=limits.scans_body)]
    permit = "/{city}/izin/{permit}"
    page = f"{permit}/isi/{{page}}"
    case = "/{city}/permohonan/{nomor}"
    return [
        Route(page, form.show),
        Route(page, form.save, methods=["POST"], middleware=page_limit),
        Route("/static/{digest}/{name}", kit.files.serve),
        *api_routes(),
        *bank_routes(),
        Route("/", find.cities),
        Route("/katalog", catalog.catalogs),
        Route("/{city}/", find.find),
        Route("/{city}/katalog", catalog.show),
        Route(permit, standard.standard),
        Route(f"{permit}/standar", whole_standard.show),
        Route(f"{permit}/standar.json", whole_standard.as_json),
        Route(f"{permit}/standar.pdf", whole_standard.as_pdf),
        Route(f"{permit}/tersimpan", track.saved),
        Route(f"{permit}/dokumen", documents.show),
        Route(f"{permit}/dokumen", documents.save, methods=["POST"], middleware=file_limit),
        Route(f"{permit}/periksa", review.show),
        Route(f"{permit}/kirim", review.submit, methods=["POST"], middleware=page_limit),
        Route("/{city}/tanda-terima/{nomor}", receipt.receipt),
        Route("/{city}/kinerja", performance.show),
        Route("/{city}/pengumuman", notices.show_all),
        Route("/{city}/pengumuman/{id}", notices.show),
        Route("/{city}/pengumuman/{id}", notices.send, methods=["POST"], middleware=page_limit),
        Route("/{city}/keberatan", objection.ask),
        Route("/{city}/keberatan", objection.open_again, methods=["POST"], middleware=page_limit),
        Route("/{city}/keberatan/{kode}", objection.show),
        Route("/{city}/keberatan/{kode}/hapus", objection.forget, methods=["POST"], middleware=page_limit),
        Route("/{city}/permohonan/{nomor}/tagihan", bill.show),
        Route(case, case_page.show),
        Route(f"{case}/perbaikan", repair_form.show),
        Route(f"{case}/perbaikan", repair_form.save, methods=["POST"], middleware=page_limit),
        Route(f"{case}/perbaikan/dokumen", repair_papers.show),
        Route(f"{case}/perbaikan/dokumen", repair_papers.save, methods=["POST"], middleware=file_limit),
        Route(f"{case}/perbaikan/periksa", repair_review.show),
        Route(f"{case}/perbaikan/kirim", repair_review.send, methods=["POST"], middleware=page_limit),
        Route(f"{case}/produk/{{code}}", product.back),
        Route(f"{case}/produk/{{code}}", product.fetch, methods=["POST"], middleware=page_limit),
        Route(f"{case}/survei", survey.show),
        Route(f"{case}/survei", survey.send, methods=["POST"], middleware=page_limit),
        Route(f"{case}/tarik", withdrawal.show),
        Route(f"{case}/tarik", withdrawal.withdraw, methods=["POST"], middleware=page_limit),
        Route("/{city}/periksa/{id}", permit_check.show),
        Route("/{city}/periksa/{id}/bukti.txt", permit_check.proof),
        Route("/{city}/kunci.json", permit_check.keys),
        *[Route(path, track.ask) for path in ("/{city}/lacak", "/{city}/lanjut")],
        *[
            Route(path, track.open_again, methods=["POST"], middleware=page_limit)
            for path in ("/{city}/lacak", "/{city}/lanjut")
        ],
        Route("/{city}/selesai", track.finish, methods=["POST"], middleware=page_limit),
        *office_routes(page_limit, file_limit, scans_limit),
    ]


def site(settings: Settings | None = None, *, alone: bool = False) -> ASGIApp:
    """Return the site; its settings come from the environment unless they are given, which makes the process its own
    as `alone` does: what it has loaded then stays as long as the process lives.
    """
    given = settings or from_environment(os.environ)
    alone = alone or settings is None
    kit = PageKit()

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with serving(given) as served:
            app.state.serving = first_look.serving = served
            if alone:  # the collector need not look through it again and again
                gc.collect()
                gc.freeze()
            if given.demo:
                for city in served.releases.current.cities.values():
                    await served.people.seed_demo(city.city)
            endless = (_follow_releases(served), _tidy(served), _go_round(served), _send(served, kit.kit(served)))
            chores = [asyncio.create_task(chore) for chore in endless]
            for chore in chores:
                chore.add_done_callback(_end_with)
            yield
            for chore in chores:
                chore.cancel()
            # What a chore is doing in the store must end before the store is closed.
            await asyncio.wait(chores)
            first_look.serving = None
            for chore in chores:
                if not chore.cancelled() and (fault := chore.exception()) is not None:
                    raise fault

    app = Starlette(
        routes=site_routes(kit, given.limits),
        lifespan=lifespan,
        exception_handlers={
            HTTPException: on_http,
            TooManyTriesError: on_tired,
            DraftGoneError: on_gone,
            DraftTooLargeError: on_too_large,
            ReleaseGoneError: on_release_gone,
            StoreUnavailableError: on_store,
            ChangedError: on_store,
            ClientDisconnect: on_left,
            Exception: on_failure,
        },
    )
    app.state.pages = kit

    def refused(scope: Scope, status: int) -> ASGIApp:
        return trouble(Request({**scope, "app": app}), status)

    first_look = FirstLook(app, kit.blank_pages)
    guarded = Guard(first_look, given.public_url, refused)
    if not given.access_log:
        return guarded
    to_standard_output()
    return AccessLog(guarded)


async def _follow_releases(served: Serving) -> None:
    """Swap to a new release when one is published."""
    while True:
        await asyncio.sleep(LOOK_FOR_RELEASES)
        await asyncio.to_thread(served.releases.refresh)


async def _tidy(served: Serving) -> None:
    """Remove what nobody can open any more."""
    while True:
        for city in served.releases.current.cities:
            with contextlib.suppress(StoreUnavailableError):  # then it is done in an hour
                await served.store.forget_old(city)
                await served.people.forget_old(city)
        await asyncio.sleep(TIDY)


async def _go_round(served: Serving) -> None:
    """Do what is due, once a minute."""
    store = served.store
    assignment = Assignment(store, served.casework, served.people.accounts, served.people.demo)
    more: dict[str, Chore] = {
        "files": partial(rescan, store.shelf),
        "checkpoints": store.checkpoints.take,
        "assignment": assignment.all_of,
    }
    await Rounds(store, served.casework, lambda: served.releases.current, more).forever(CHORES_BEGIN)


async def _send(served: Serving, kit: Kit) -> None:
    """Send what is to be sent, soon after it was asked for."""
    handlers = {SIGNATURE: kit.signing.deliver}
    while True:
        for city in served.releases.current.cities:
            with contextlib.suppress(*FAULTS):  # then it is sent when the store is back
                await served.store.outbox.dispatch(city, handlers)
        await asyncio.sleep(SEND)


def _end_with(chore: asyncio.Task[None]) -> None:
    """End the server when a chore ends by a fault of ours: one that no longer does them must not look as if it did."""
    if not chore.cancelled() and (fault := chore.exception()) is not None:
        logging.getLogger("satupintu").critical("a chore has failed, so the server ends", exc_info=fault)
        if callable(signal.getsignal(signal.SIGTERM)):  # a server's own, which ends it in good order
            signal.raise_signal(signal.SIGTERM)
