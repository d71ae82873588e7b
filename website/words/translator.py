"""Say a word of the site in the language of the course, in English where it has no translation.

`website/words/extract.py` finds the words by the names of these functions.
"""

from sphinx.locale import get_translator

DOMAIN = "site"
SETTINGS = (  # of _config.yml, which hold words
    "nb_code_prompt_show",
    "nb_code_prompt_hide",
    "togglebutton_hint",
    "togglebutton_hint_hide",
    "ogp_image_alt",
)


def gettext(words: str) -> str:
    """Return words in the course's language."""
    return get_translator(DOMAIN).gettext(words)


def ngettext(one: str, many: str, count: int) -> str:
    """Return words that depend on a count, `{n}`, which is written in."""
    return get_translator(DOMAIN).ngettext(one, many, count).format(n=count)


def gettext_noop(words: str) -> str:
    """Return words as they are: they are said later."""
    return words
