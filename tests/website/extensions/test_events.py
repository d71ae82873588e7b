"""The tables of `website/extensions` are the one place that says what there is, and acts when."""

import re
from pathlib import Path

import pytest

from website import extensions

NAMES = [*extensions.DIRECTIVES.values(), *extensions.TRANSFORMS, *extensions.POST_TRANSFORMS]
NAMES += [extensions.GLUED_TEXT, *extensions.NODES, *(name for *_, name in extensions.EVENTS)]
# In this order Sphinx comes to its events; those of one page or of one process count as one step.
STEPS = [
    {"config-inited"},
    {"builder-inited"},
    {"env-get-outdated"},
    {"env-before-read-docs"},
    {"source-read", "doctree-read"},
    {"env-updated"},
    {"linkcheck-process-uri"},
    {"html-page-context"},
    {"build-finished"},
]


def test_rows_stand_in_the_order_in_which_they_act():
    step = {event: number for number, events in enumerate(STEPS) for event in events}
    steps = [step[event] for event, *_ in extensions.EVENTS]
    assert steps == sorted(steps)
    for event in step:
        priorities = [priority for name, priority, _ in extensions.EVENTS if name == event]
        assert priorities == sorted(priorities)
        assert priorities


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_tables_is_a_function_or_a_class(name):
    assert callable(extensions.find(name))


def test_no_module_listens_or_offers_on_its_own():
    folder = Path(extensions.__file__).parent
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    adding = re.compile(
        r"\.(connect|add_(directive|config_value|html_math_renderer|node|role\w*|\w*transform))\("
    )
    listening = [path for path, text in texts.items() if adding.search(text)]
    assert listening == [folder / "__init__.py"]
