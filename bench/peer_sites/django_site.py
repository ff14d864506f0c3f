"""The same form and the same submission in Django: a Jinja template that loops, Django's own form, and an insert.

Run by `bench.peers` in an environment of its own, under gunicorn. Settings and tables are set up on import.
"""

import datetime
import json
import os
import uuid
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).parent
FOLDER = Path(os.environ["PEER_FOLDER"])
settings.configure(
    DEBUG=False,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    # What a new Django project has, without sessions and accounts; ours has a CSRF token and these headers too.
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "django.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
            },
        }
    },
    TEMPLATES=[
        {"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [HERE], "NAME": "jinja"},
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HERE],
            "NAME": "django",
        },
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django import forms  # noqa: E402  # Django's modules need its settings
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

FIELDS = json.loads((FOLDER / "fields.json").read_text())


def field_of(field):
    given = {"label": field["label"]}
    match field["kind"]:
        case "teks":
            return forms.CharField(max_length=200, **given)
        case "bilangan":
            return forms.IntegerField(min_value=field["min"], max_value=field["max"], **given)
        case "desimal":
            return forms.DecimalField(
                min_value=field["min"], max_value=field["max"], decimal_places=2, max_digits=15, **given
            )
        case "pilihan":
            return forms.ChoiceField(choices=[(o, o.capitalize()) for o in field["options"]], **given)
        case "ya_tidak":
            return forms.TypedChoiceField(choices=[("True", "Ya"), ("False", "Tidak")], **given)
        case "tanggal":
            return forms.DateField(**given)


PermitForm = type("PermitForm", (forms.Form,), {field["code"]: field_of(field) for field in FIELDS})


class Application(models.Model):
    nomor = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=60, unique=True)
    answers = models.JSONField()
    filed_at = models.DateTimeField()

    class Meta:
        app_label = "bench"


class Event(models.Model):
    application = models.ForeignKey(Application, models.CASCADE)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        app_label = "bench"


with connection.schema_editor() as editor:
    editor.create_model(Application)
    editor.create_model(Event)


def page_by_jinja(request):
    return render(request, "django_jinja.html", {"fields": FIELDS, "values": {}, "errors": {}}, using="jinja")


def page_by_forms(request):
    return render(request, "django_forms.html", {"form": PermitForm()}, using="django")


@csrf_exempt  # an API, as ours
def submit(request):
    form = PermitForm(json.loads(request.body))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    now = datetime.datetime.now(datetime.UTC)
    with transaction.atomic():
        application, made = Application.objects.get_or_create(
            key=request.headers["Idempotency-Key"],
            defaults={"nomor": uuid.uuid4().hex, "answers": json.loads(request.body), "filed_at": now},
        )
        if made:
            Event.objects.create(application=application, kind="diajukan", at=now)
    return JsonResponse({"nomor": application.nomor}, status=201)


def ready(_request):
    return HttpResponse("ok")


urlpatterns = [
    path("", ready),
    path("jinja", page_by_jinja),
    path("forms", page_by_forms),
    path("kirim", submit),
]
application = get_wsgi_application()
