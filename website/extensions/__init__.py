"""The book's own Sphinx extensions, one idea per module, and the table of all that they do when.

Nothing is imported here until Sphinx asks, so `tasks.py` may use the modules that need only the
standard library.
"""

from importlib import import_module

# What an author can write.
DIRECTIVES = {
    "quiz": "blocks.quiz:Quiz",
    "predict": "blocks.quiz:Predict",
    "pycell": "blocks.pycell:PyCell",
    "lab": "blocks.lab:LabDirective",
    "homework-handout": "blocks.homework:Handout",
    "homework-solutions": "blocks.homework:Solutions",
    "homework-here": "blocks.homework_here:HomeworkHere",
    "homework-cell": "blocks.homework_here:HomeworkCell",  # which the page above writes
    "book-citation": "blocks.citation:Citation",
    "course-path": "landing.course_path:CoursePath",
}
ROLES = {"built": "blocks.built:Built", "door": "blocks.built:Door"}
GLUED_TEXT = "course.translated_pages:GluedText"  # in the place of myst-nb's

# Settings that Sphinx does not know: the default, and what is done again when one changes. Those of
# _config.yml come first; the others follow from `course.yml` and `local/`.
SETTINGS = {
    "redirects": ({}, "html"),
    "is_preview": (False, ""),  # then pages are written one by one
    "left_out": ({}, "env"),
    "left_out_labels": (set(), "env"),
    "passages": ({}, ""),
    "passages_of": ({}, ""),
    "python_files": ({}, "env"),  # the first page says how large they are
    "script_words": ({"messages": {}}, "env"),  # with another catalogue of the site all is new
}

# What changes a page that is read, or one that is about to be written; each has its own priority.
TRANSFORMS = (
    "course.translated_pages:ExerciseTitles",
    "course.translated_pages:SolutionTitles",
    "course.translated_pages:HeadingPlaces",
    "course.translated_pages:PartTitles",
)
POST_TRANSFORMS = (
    "course.contents:WordsInPlaceOfLinks",
    "blocks.run_here:MarkCells",
    "blocks.built:LeaveOutRows",
    "blocks.lab:JoinFigure",
    "blocks.formulas:KeepWords",
)

# Our elements, which `_open` and `_close` of their module write, and what writes formulas.
NODES = ("blocks.quiz:html_tag", "blocks.quiz:html_words", "blocks.lab:lab")
MATH_RENDERER = "blocks.formulas:RENDERER"  # which `html_math_renderer` in _config.yml names

# Every event that one of our functions listens to, in the order in which they act. The number is
# Sphinx's priority, 500 where nothing else is said; of two with the same, the upper acts first.
EVENTS = (
    # The settings are read; no page is. The table of contents comes before Sphinx reads it.
    ("config-inited", 100, "course.settings:_set_course"),
    ("config-inited", 100, "course.language:_set_language"),
    ("config-inited", 100, "course.settings:_set_footer"),
    ("config-inited", 100, "course.contents:_set_contents"),
    ("config-inited", 100, "course.passages:_read_passages"),
    ("config-inited", 500, "blocks.homework_settings:_set_substitutions"),
    ("config-inited", 500, "head.buttons:_set_repository"),  # before the theme reads it
    ("config-inited", 500, "blocks.citation:_set_version"),
    ("config-inited", 500, "blocks.run_here:_find_python"),
    ("config-inited", 500, "finish.light_assets:_drop_thebe"),  # it would ask other hosts
    ("config-inited", 600, "head.address:_set_address"),  # it follows from the repository's
    ("builder-inited", 500, "blocks.scripts:_start_to_write"),
    ("builder-inited", 500, "notebook.downloads:_write_wheel"),  # a page says how large it is
    ("builder-inited", 500, "head.edition:_read_history"),
    ("env-get-outdated", 500, "text.asked:_read_again"),
    ("env-before-read-docs", 500, "notebook.execution:_run_chapters"),
    # Each page is read, and the gate speaks.
    ("source-read", 100, "text.asked:_note_text"),  # as it is in its file
    ("source-read", 400, "course.passages:_replace"),
    ("source-read", 500, "gate.checks:_check_source"),
    ("doctree-read", 500, "gate.checks:_check_numbers"),
    ("doctree-read", 500, "gate.figure_alt:_check_images"),
    ("doctree-read", 500, "gate.failed_cells:_check_stderr"),
    ("doctree-read", 500, "gate.failed_cells:_show_failure"),  # in a preview
    # All pages are read.
    ("env-updated", 500, "blocks.scripts:_wait_for_scripts"),  # pages name them with their hash
    # Instead of writing pages, `make links` asks for each address in them.
    ("linkcheck-process-uri", 500, "course.links:_ask_the_registry"),
    # Each page is written: opengraph writes its tags at 500, the theme its buttons at 501.
    ("html-page-context", 400, "head.descriptions:_describe"),  # opengraph repeats it
    ("html-page-context", 500, "course.announcement:_announce"),
    ("html-page-context", 500, "blocks.quiz:_load"),
    ("html-page-context", 500, "blocks.lab:_load_files"),
    ("html-page-context", 500, "blocks.run_here:_load_page"),
    ("html-page-context", 500, "head.blocked_storage:_add_memory"),
    ("html-page-context", 502, "head.buttons:_correct_buttons"),
    ("html-page-context", 502, "landing.course_path:_frame_first_page"),
    ("html-page-context", 502, "notebook.downloads:_write_notebook"),
    ("html-page-context", 502, "head.edition:_stamp_page"),
    # when all have named their files, and the body is final
    ("html-page-context", 900, "finish.light_assets:_keep_used_files"),
    ("html-page-context", 900, "finish.finished_pages:_note_page"),
    # All pages are written; also after a failure, so each asks first.
    ("build-finished", 500, "blocks.homework:_write_downloads"),
    ("build-finished", 500, "gate.failed_cells:_tell_failure"),
    ("build-finished", 500, "course.numbers:_write_numbers"),
    ("build-finished", 500, "head.card:_write_card"),
    # when the theme's files are copied; what is done to each page, its `steps` say
    ("build-finished", 901, "finish.finished_pages:_finish"),
    ("build-finished", 902, "finish.finished_pages:_write_python"),  # none of it is a page
    ("build-finished", 950, "head.redirects:_write_redirects"),  # these pages stay as they are
)


def setup(app):
    """Set up each of the book's extensions."""
    for name, (default, rebuild) in SETTINGS.items():
        app.add_config_value(name, default, rebuild, types=[type(default)])
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, find(directive))
    for name, role in ROLES.items():
        app.add_role(name, find(role)())
    app.add_role_to_domain("glue", "text", find(GLUED_TEXT)(), override=True)
    for name in TRANSFORMS:
        app.add_transform(find(name))
    for name in POST_TRANSFORMS:
        app.add_post_transform(find(name))
    for name in NODES:
        module = name.partition(":")[0]
        app.add_node(find(name), html=(find(f"{module}:_open"), find(f"{module}:_close")))
    app.add_html_math_renderer("mathml", *find(MATH_RENDERER))
    for event, priority, name in EVENTS:
        app.connect(event, find(name), priority=priority)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def find(name):
    """Return what a module of this folder has by a name, such as `gate.checks:_check_source`."""
    module, _, function = name.partition(":")
    return getattr(import_module(f"{__name__}.{module}"), function)
