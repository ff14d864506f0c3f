"""The shapes of what the API takes and gives, as JSON Schemas: for the OpenAPI document and for checking bodies."""

from __future__ import annotations

from rules.codec import Json

Shape = dict[str, Json]


def _object(properties: Shape, optional: tuple[str, ...] = (), closed: bool = True) -> Shape:
    shape: Shape = {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }
    return {**shape, "additionalProperties": False} if closed else shape


def _list(items: Shape, **more: Json) -> Shape:
    return {"type": "array", "items": items, **more}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def _text(pattern: str | None = None, longest: int | None = None, **more: Json) -> Shape:
    shape: Shape = {"type": "string", **more}
    if pattern is not None:
        shape["pattern"] = pattern
    if longest is not None:
        shape["maxLength"] = longest
    return shape


def _or_null(name: str) -> Shape:
    return {"oneOf": [_ref(name), {"type": "null"}]}


_MOMENT_OR_NULL: Shape = {"type": ["string", "null"], "format": "date-time"}
_NAME: Shape = {"type": ["string", "null"]}
_SUMS: dict[str, Json] = {
    name: {"type": "integer", "description": "Whole rupiah."} for name in ("due", "paid", "waived", "open")
}
DAY = _text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format="date")
MOMENT = _text(format="date-time")
UPLOAD_ID = _text("^[0-9a-f]{32}$")
DIGEST = _text("^[0-9a-f]{64}$")
ANSWERS: Shape = {
    "type": "object",
    "description": "Answers by the code of their question; the permit's own schema says which. Numbers are exact.",
}

DECIDE = _object({"answers": ANSWERS})
SUBMIT = _object(
    {
        "answers": ANSWERS,
        "files": _list(UPLOAD_ID, maxItems=400, uniqueItems=True),
        "version": {**DAY, "description": "Refuse (409) unless this version is the one in force."},
    },
    optional=("files", "version"),
)
TRACK = _object({"nomor": _text(longest=32), "code": _text(longest=64)})
UPLOAD = _object(
    {
        "document": _text(longest=64, description="Code of the document, as in the decision."),
        "item": {"type": "integer", "minimum": 0, "maximum": 199, "description": "Which item of a list, from 0."},
        "file": _text(format="binary"),
    },
    optional=("item",),
)

COMPONENTS: Shape = {
    "Words": _object({"id": _text(), "en": _text()}, optional=("en",)),
    "Problem": _object(
        {
            "type": _text(),
            "status": {"type": "integer"},
            "title": _text(),
            "title_en": _text(),
            "detail": _text(),
            "detail_en": _text(),
            "errors": _list(_ref("FieldError")),
            "refusals": _list(_object({"message": _ref("Words"), "rule": _text()})),
            "missing_documents": _list(_ref("MissingDocument")),
        },
        optional=("detail", "detail_en", "errors", "refusals", "missing_documents"),
        closed=False,
    ),
    "FieldError": _object({"pointer": _text(), "code": _text(), "message": _text(), "message_en": _text()}),
    "MissingDocument": _object(
        {"document": _text(), "name": _ref("Words"), "item": {"type": ["integer", "null"]}},
    ),
    "PermitList": _object({"city": _text(), "release": DIGEST, "permits": _list(_ref("PermitHead"))}),
    "PermitHead": _object(
        {
            "code": _text(),
            "version": DAY,
            "name": _ref("Words"),
            "summary": {"oneOf": [_ref("Words"), {"type": "null"}]},
            "kind": _text(),
            "free": {"type": "boolean"},
            "agencies": _list(_text()),
        },
    ),
    "PermitSchema": {"type": "object", "description": "A JSON Schema (2020-12) of answers and computed facts."},
    "Standard": {"type": "object", "description": "The service standard: requirements, cost, time, law."},
    "Decision": {
        "type": "object",
        "description": "Documents, way, bill and deadline, each with its reason and law. A member that has its usual "
        "value is left out.",
    },
    "Decided": _object(
        {
            "permit": _text(),
            "version": DAY,
            "release": DIGEST,
            "eligible": {"type": ["boolean", "null"], "description": "null where an officer must decide."},
            "unanswered": _list(_ref("FieldError")),
            "decision": _ref("Decision"),
        }
    ),
    "Upload": _object(
        {
            "id": UPLOAD_ID,
            "document": _text(),
            "item": {"type": ["integer", "null"]},
            "name": _text(),
            "format": _text(enum=["pdf", "jpeg", "png"]),
            "size": {"type": "integer"},
            "sha256": DIGEST,
        }
    ),
    "Filed": _object(
        {
            "nomor": _text(),
            "code": _text(description="Opens the application together with nomor. Keep it; it is not sent again."),
            "filed_at": MOMENT,
            "permit": _text(),
            "version": DAY,
            "release": DIGEST,
            "decision": _ref("Decision"),
        }
    ),
    "Tracked": _object(
        {
            "nomor": _text(),
            "status": _text(description="peninjauan, perbaikan, pembayaran, penandatanganan, … or how it ended."),
            "stage": {"type": ["string", "null"], "description": "The stage of the permit's way, by its code."},
            "holder": _or_null("Holder"),
            "next": _text(
                enum=["perbaiki", "bayar", "unduh", "ambil", "tunggu", "selesai"], description="The one next step."
            ),
            "dues": _ref("Dues"),
            "repair": _list(_ref("RepairItem")),
            "bill": _or_null("BillStanding"),
            "bills": _list(_ref("FeeStanding")),
            "collect": _ref("Collect"),
            "products": _list(_ref("IssuedProduct")),
            "timeline": _list(_ref("Held")),
            "filed_at": MOMENT,
            "permit": _text(),
            "version": DAY,
            "release": DIGEST,
            "documents": _list(_ref("Upload")),
            "decision": _ref("Decision"),
        }
    ),
    "Holder": _object({"kind": _text(), "agency": _NAME}),
    "Dues": _object(
        {
            "promise": _MOMENT_OR_NULL,
            "legal": _MOMENT_OR_NULL,
            "repair": _MOMENT_OR_NULL,
            "products": {
                "type": "object",
                "additionalProperties": _MOMENT_OR_NULL,
                "description": "Products with a promise of their own, by code; null until what one needs is issued.",
            },
            "provisional": {"type": "boolean"},
            "stopped": {"type": "boolean", "description": "The clock stands still: the dates move on meanwhile."},
        }
    ),
    "IssuedProduct": _object(
        {
            "code": _text(),
            "item": {"type": ["integer", "null"]},
            "number": _text(),
            "standing": _text(enum=["berlaku", "dicabut", "digantikan", "berakhir"]),
            "check": _text(description="The public page that its QR code leads to."),
        }
    ),
    "RepairItem": _object(
        {
            "kind": _text(enum=["isian", "dokumen"]),
            "code": _text(),
            "item": {"type": ["integer", "null"]},
            "reason": _text(),
            "agency": _NAME,
        }
    ),
    "BillStanding": _object(_SUMS),
    "FeeStanding": _object(
        {"fee": _text(description="Its code, where a permit has several; else empty."), "collector": _NAME, **_SUMS}
    ),
    "Held": _object(
        {
            "holder": _ref("Holder"),
            "since": MOMENT,
            "until": _MOMENT_OR_NULL,
            "minutes": {"type": "integer", "description": "In which the office was open; all of them add up."},
            "stopped": {"oneOf": [_ref("Words"), {"type": "null"}]},
            "desks": _list(_ref("DeskTurn")),
        }
    ),
    "DeskTurn": _object(
        {
            "agency": _text(),
            "role": _NAME,
            "since": MOMENT,
            "due": _MOMENT_OR_NULL,
            "until": _MOMENT_OR_NULL,
            "verdict": {"type": ["string", "null"], "enum": ["setuju", "kembali", "tolak", None]},
            "minutes": {"type": "integer"},
            "pauses": _list(_ref("DeskPause")),
        }
    ),
    "Collect": _object(
        {
            "bring": _list(_object({"code": _text(), "item": {"type": ["integer", "null"]}})),
            "at": _MOMENT_OR_NULL,
        }
    ),
    "DeskPause": _object(
        {
            "why": _ref("Words"),
            "since": MOMENT,
            "expected": DAY,
            "longest": MOMENT,
            "until": _MOMENT_OR_NULL,
        }
    ),
    "Decide": DECIDE,
    "Submit": SUBMIT,
    "Track": TRACK,
    "UploadForm": UPLOAD,
}
