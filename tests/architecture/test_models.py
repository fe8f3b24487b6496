"""What is remembered: which way it points, what is personal, and how it came to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from concordat.config.wings import planned

PLUMBING = {"auth", "contenttypes"}
# Names of fields that tell who somebody is, or that hold free words, which may do so.
TELLTALE = re.compile(
    r"(^|_)(given_name|family_name|full_name|emails?|phone|address|postcode|birth|born|nhs|contact|"
    r"reason|summary|description|narrative)(_|$)"
)


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("concordat.")]


def place(app_label: str) -> int:
    """How high a package stands; what Django brings lies beneath them all."""
    if app_label in PLUMBING:
        return -1
    names = [name.rpartition(".")[2] for name in planned()]
    return names.index(app_label)


def points_up(from_label: str, to_label: str) -> bool:
    return place(to_label) > place(from_label)


def test_no_foreign_key_points_up() -> None:
    up = [
        str(field)
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and points_up(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert not up, "A package knows only packages beneath it."


def test_pointing_up_is_caught() -> None:
    assert points_up("records", "seats")
    assert not points_up("seats", "records")
    assert not points_up("people", "auth")


def personal_faults(model: type[models.Model]) -> Iterator[str]:
    """What is missing from, or wrong in, a model's list of personal fields."""
    fields = {field.name for field in model._meta.local_fields}
    telltale = {
        field.name
        for field in model._meta.local_fields
        if isinstance(field, (models.CharField, models.TextField, models.DateField))
        and not field.choices
        and TELLTALE.search(field.name)
    }
    listed = vars(model).get("PERSONAL")
    if listed is None:
        if telltale:
            yield f"{model._meta.label} declares no PERSONAL, but has {sorted(telltale)}"
        return
    yield from (f"{model._meta.label}.{name} is not a field" for name in set(listed) - fields)
    yield from (f"{model._meta.label}.{name} is not in PERSONAL" for name in telltale - set(listed))


def test_what_identifies_a_person_is_declared() -> None:
    assert not [fault for model in own_models() for fault in personal_faults(model)]


def test_an_undeclared_name_is_caught() -> None:
    class Meta:
        app_label = "sample"

    fields = {"given_name": models.CharField(max_length=9), "born_on": models.DateField()}
    body = {"__module__": __name__, "Meta": Meta}
    silent = type("Silent", (models.Model,), {**body, **fields})
    wrong = type("Wrong", (models.Model,), {**body, "PERSONAL": {"nickname": "name"}})
    try:
        assert list(personal_faults(silent))
        assert list(personal_faults(wrong)) == ["sample.Wrong.nickname is not a field"]
    finally:
        apps.all_models.pop("sample")
        apps.clear_cache()


def unwritten_changes() -> dict[str, list[str]]:
    """What a new migration would do, for each package of ours that needs one."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    now = ProjectState.from_apps(apps)
    found = MigrationAutodetector(loader.project_state(), now).changes(loader.graph)
    return {
        label: [each.describe() for migration in migrations for each in migration.operations]
        for label, migrations in found.items()
        if label in own_apps()
    }


def test_every_change_of_a_model_has_its_migration() -> None:
    assert not unwritten_changes()


def test_a_change_without_migration_is_caught() -> None:
    field = apps.get_model("records", "Counter")._meta.get_field("last")
    before = field.db_index
    try:
        field.db_index = not before
        assert list(unwritten_changes()) == ["records"]
    finally:
        field.db_index = before


def own_apps() -> list[str]:
    return [app.label for app in apps.get_app_configs() if app.name.startswith("concordat.domain.")]


def test_migrations_follow_one_another() -> None:
    """One line for each package: a fork would be applied in an order nobody chose."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    for label in own_apps():
        for key in (key for key in graph.nodes if key[0] == label):
            before = [each for each in graph.node_map[key].parents if each.key[0] == label]
            after = [each for each in graph.node_map[key].children if each.key[0] == label]
            assert len(before) <= 1, key
            assert len(after) <= 1, key
