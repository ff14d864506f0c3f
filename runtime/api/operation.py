"""An operation of the API as data: routes and the OpenAPI document are both made of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rules.words import Words
from runtime.api.problem import Problem, ProblemError, problem_response
from runtime.cases.attempts import TooManyTriesError
from runtime.cases.store_fault import StoreUnavailableError


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked. `takes` and `gives` name shapes; `problems` the kinds it can end with."""

    method: str
    path: str
    name: str
    summary: Words
    answer: Callable[[Request], Awaitable[Response]]
    gives: str
    takes: str | None = None
    media_type: str = "application/json"
    status: int = 200
    once: bool = False  # needs an Idempotency-Key
    problems: tuple[str, ...] = ()


class ApiPath:
    """All operations of one path, as an ASGI application: every fault leaves in the one shape."""

    def __init__(self, operations: Mapping[str, Operation]) -> None:
        """Serve these operations, by method."""
        self._operations = operations

    @property
    def methods(self) -> frozenset[str]:
        """Return what may be asked of this path."""
        return frozenset(self._operations)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        operation = self._operations.get("GET" if request.method == "HEAD" else request.method)
        if operation is None:
            served = {*self._operations, *({"HEAD"} if "GET" in self._operations else set())}
            return problem_response(Problem("method", headers={"Allow": ", ".join(sorted(served))}))
        try:
            return await operation.answer(request)
        except ProblemError as ended:
            return problem_response(ended.problem)
        except TooManyTriesError as tired:
            wait = max(1, round(tired.wait.total_seconds()))
            return problem_response(Problem("too_many", headers={"Retry-After": str(wait)}))
        except StoreUnavailableError:
            return problem_response(Problem("unavailable", headers={"Retry-After": "1"}))


async def nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer for a path that does not exist."""
    await problem_response(Problem("not_found"))(scope, receive, send)
