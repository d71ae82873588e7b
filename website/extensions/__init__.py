"""The book's own Sphinx extensions, one idea per module, and the table of all that they do when.

Nothing is imported here until Sphinx asks, so `tasks.py` may use the modules that need only the
standard library.
"""

from importlib import import_module

# What an author can write, and the settings of _config.yml that are ours: modules with a `setup_`.
SETUPS = (
    "course.contents:setup_contents",
    "course.passages:setup_passages",
    "course.language:setup_language",
    "course.translated_pages:setup_translated_pages",
    "course.accessibility:setup_accessibility",
    "course.state:setup_state",
    "blocks.homework_settings:setup_homework_settings",
    "blocks.homework:setup_homework_pages",
    "blocks.homework_here:setup_homework_here",
    "blocks.run_here:setup_run_here",
    "blocks.how_to_run:setup_how_to_run",
    "blocks.quiz:setup_quiz",
    "blocks.pycell:setup_pycell",
    "blocks.lab:setup_lab",
    "head.heading:setup_heading",
    "blocks.formulas:setup_formulas",
    "blocks.citation:setup_citation",
    "landing.course_path:setup_course_path",
    "head.redirects:setup_redirects",
    "finish.finished_pages:setup_finish",
)

# Every event that one of our functions listens to, in the order in which they act. The number is
# Sphinx's priority, 500 where nothing else is said; of two with the same, the upper acts first.
EVENTS = (
    # The settings are read; no page is. The table of contents comes before Sphinx reads it.
    ("config-inited", 100, "course.settings:_set_course"),
    ("config-inited", 100, "course.language:_set_language"),
    ("config-inited", 100, "course.contents:_set_contents"),
    ("config-inited", 100, "course.passages:_read_passages"),
    ("config-inited", 500, "blocks.homework_settings:_set_substitutions"),
    ("config-inited", 500, "head.buttons:_set_repository"),  # before the theme reads it
    ("config-inited", 500, "blocks.citation:_set_version"),
    ("config-inited", 500, "finish.tidy_html:_drop_thebe"),  # it would ask other hosts
    ("config-inited", 600, "head.address:_set_address"),  # it follows from the repository's
    ("builder-inited", 500, "course.colors:_write_colors"),
    ("builder-inited", 500, "blocks.scripts:_write_scripts"),
    ("builder-inited", 500, "notebook.downloads:_write_wheel"),  # a page says how large it is
    ("builder-inited", 500, "head.edition:_read_history"),
    ("env-get-outdated", 500, "landing.course_path:_read_again"),
    ("env-before-read-docs", 500, "notebook.execution:_run_chapters"),
    # Each page is read. What was known of it is forgotten first.
    ("env-purge-doc", 500, "gate.faults:_forget"),
    ("source-read", 400, "course.passages:_replace"),
    ("source-read", 500, "gate.checks:_check_source"),  # before the cells run, which takes long
    ("doctree-read", 500, "gate.checks:_check_numbers"),  # when they have run
    ("doctree-read", 500, "gate.figure_alt:_check_images"),
    ("doctree-read", 500, "gate.failed_cells:_note_stderr"),
    ("doctree-read", 500, "gate.failed_cells:_show_failure"),  # in a preview
    # All pages are read. The gate speaks before anything is written.
    ("env-merge-info", 500, "gate.faults:_merge"),
    ("env-updated", 500, "gate.faults:_warn"),
    ("env-updated", 500, "blocks.lab:_check_figures"),
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
    ("build-finished", 500, "gate.faults:_warn_after_crash"),
    ("build-finished", 500, "gate.failed_cells:_tell_failure"),
    ("build-finished", 500, "course.numbers:_write_numbers"),
    ("build-finished", 500, "head.card:_write_card"),
    ("build-finished", 500, "finish.finished_pages:_correct_options"),
    # when the theme's files are copied; what is done to each page, its `steps` say
    ("build-finished", 901, "finish.finished_pages:_finish"),
    ("build-finished", 902, "finish.python_files:_write_python"),  # none of it is a page
    ("build-finished", 950, "head.redirects:_write_redirects"),  # these pages stay as they are
)


def setup(app):
    """Set up each of the book's extensions."""
    for name in SETUPS:
        find(name)(app)
    for event, priority, name in EVENTS:
        app.connect(event, find(name), priority=priority)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def find(name):
    """Return a function by its module, from this folder, and its own name: `gate.faults:_warn`."""
    module, _, function = name.partition(":")
    return getattr(import_module(f"{__name__}.{module}"), function)
