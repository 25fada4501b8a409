"""Imports run one way and in no circle; relations between models keep to the same order."""

from collections.abc import Iterator
from typing import Any

import grimp
import pytest
from django.apps import apps

from ikone import settings

LAYERS: tuple[tuple[str, ...], ...] = (
    ("ikone",),
    ("exchange",),
    ("practices",),
    ("topics",),
    ("cities",),
    ("documents",),
    ("accounts",),
    ("search",),
    ("notifications", "ui"),
)
APPS = [app for layer in LAYERS for app in layer]
FLOOR = {app: len(LAYERS) - number for number, layer in enumerate(LAYERS) for app in layer}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*APPS, cache_dir=None)


@pytest.fixture(scope="module")
def runtime_graph() -> grimp.ImportGraph:
    return grimp.build_graph(*APPS, cache_dir=None, exclude_type_checking_imports=True)


def test_every_app_of_ours_has_a_floor() -> None:
    own = {app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app / "apps.py").exists()}
    assert own == set(APPS)


def test_imports_never_go_up(graph: grimp.ImportGraph) -> None:
    wrong = graph.find_illegal_dependencies_for_layers(
        layers=[grimp.Layer(*layer, independent=True) for layer in LAYERS]
    )
    chains = sorted(
        " -> ".join(", ".join(sorted(part)) for part in (route.heads, route.middle, route.tails) if part)
        for package in wrong
        for route in package.routes
    )
    assert chains == []


def test_no_import_runs_in_a_circle(runtime_graph: grimp.ImportGraph) -> None:
    assert list(circles(runtime_graph)) == []


def test_relations_between_models_never_go_up() -> None:
    upward = [
        f"{field} -> {field.related_model}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and field.is_relation and field.related_model is not None
        if floor_of(field.related_model) > FLOOR[app]
    ]
    assert upward == []


def floor_of(model: Any) -> int:
    """0 for models of libraries."""
    return FLOOR.get(model._meta.app_label, 0)


def circles(graph: grimp.ImportGraph) -> Iterator[str]:
    """One line for each module that imports itself through others."""
    for module in sorted(graph.modules):
        for imported in graph.find_modules_directly_imported_by(module):
            if back := graph.find_shortest_chain(imported, module):
                yield " -> ".join([module, *back])
