from site_ext.failed_cells import failed_line

CHAPTER = "Words.\n\n```{code-cell} ipython3\nx = 1\n1 / 0\n```\n"
RULE = "------------------\n"
TRACEBACK = (
    "An error occurred while executing the following cell:\n"
    f"{RULE}x = 1\n1 / 0\n{RULE}\n{RULE}Cell In[1], line 2\n----> 2 1 / 0\n\nZeroDivisionError: x"
)


def test_line_of_the_failure_is_found():
    assert failed_line(CHAPTER, TRACEBACK) == 5


def test_cell_is_named_when_the_traceback_has_no_line():
    assert failed_line(CHAPTER, TRACEBACK.replace("Cell In[1], line 2", "")) == 3


def test_unknown_cell_is_the_top_of_the_page():
    assert failed_line(CHAPTER, "The kernel died") == 1
