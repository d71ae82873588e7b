"""Let what builds the site speak the language of `course.yml`, and read the course's catalogues.

Sphinx looks for translations before it reads any setting of ours, so it has to look once more.
"""

from pathlib import Path

from sphinx import locale
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.i18n import CatalogRepository

from homework_tools.words.catalogues import (
    OF_PAGE,
    OF_SITE,
    SITE,
    compiled,
    passages,
    read_catalogue,
    script_words,
)
from homework_tools.words.translator import gettext, speak

SETTINGS = (  # of _config.yml, which hold words
    "nb_code_prompt_show",
    "nb_code_prompt_hide",
    "togglebutton_hint",
    "togglebutton_hint_hide",
    "ogp_image_alt",
)


def _set_language(app: Sphinx, config) -> None:
    if config.language != "en":
        _load_translations(app)
    speak(b"")
    config.script_words, config.passages_of = {"messages": {}}, {}
    for found in CatalogRepository(
        app.srcdir, config.locale_dirs, config.language, "utf-8"
    ).catalogs:
        is_site = found.domain == SITE
        try:
            catalogue = read_catalogue(Path(found.po_path), OF_SITE if is_site else OF_PAGE)
        except ValueError as error:
            raise ConfigError(str(error)) from error
        if not is_site:
            config.passages_of[found.domain] = passages(catalogue)
        else:
            speak(compiled(catalogue))
            config.script_words = script_words(catalogue)
            for name in SETTINGS:
                config[name] = gettext(config[name])
            config.notfound_context = {k: gettext(v) for k, v in config.notfound_context.items()}


def _load_translations(app: Sphinx) -> None:
    """Load what Sphinx and its extensions bring."""
    packages = {Path(each.module.__file__ or "") for each in app.extensions.values()}
    known = {
        (file.stem, file.parents[2])
        for path in packages
        if path.name == "__init__.py"
        for file in path.parent.glob("**/LC_MESSAGES/*.mo")
    }
    for catalog in {"sphinx", *(name for name, _ in known)}:
        locale.translators.pop(("general", catalog), None)
    app._init_i18n()
    for name, folder in sorted(known):
        app.add_message_catalog(name, str(folder))


def translated(config, page: str, words: str) -> str:
    """Return a passage of a page in the course's language; as it is where it has none."""
    return config.passages_of.get(page, {}).get(words) or words
