import os
import subprocess

import pytest
from docutils.core import publish_doctree

from website.extensions.blocks.citation import citation_bibtex, citation_text
from website.extensions.head.descriptions import description, shortened
from website.extensions.head.edition import edition, edition_time, last_changes

CITATION = {
    "title": "A book",
    "version": "1.0",
    "authors": [{"name": "The class"}, {"given-names": "Ada", "family-names": "Byron"}],
}

SIGNS = """#!/bin/sh
case "$*" in
    *--verify*) echo "[GNUPG:] GOODSIG 1 A"; echo "gpg: Good signature" >&2 ;;
    *) cat > /dev/null; echo "[GNUPG:] SIG_CREATED " >&2; echo "-----BEGIN PGP SIGNATURE-----" ;;
esac
"""


def test_chapter_is_described_by_its_question():
    text = "A first paragraph that says much about everything.\n\nQuestion\n  How many?\n"
    assert description(publish_doctree(text)) == "How many?"


def test_other_page_is_described_by_its_first_paragraph():
    text = "Part\n----\n\nThis is a paragraph that is long enough to say something.\n\nOther\n-----"
    assert description(publish_doctree(text)).startswith("This is a paragraph")


def test_long_description_ends_at_a_sentence_or_a_word():
    assert shortened("First one. " + "word " * 60) == "First one."
    cut = shortened("word " * 60)
    assert cut.endswith("word …")
    assert len(cut) <= 180


def test_citation_names_all_authors_and_the_address():
    assert citation_text(CITATION, "https://x.org/") == (
        "The class, Ada Byron. A book. Version 1.0. https://x.org/"
    )
    released = CITATION | {"date-released": "2027-03-01"}
    assert citation_text(released, "").startswith("The class, Ada Byron (2027). A book.")
    assert "  year = {2027},\n" in citation_bibtex(released, "", "key")
    bibtex = citation_bibtex(CITATION, "https://x.org/", "key")
    assert bibtex.startswith("@misc{key,\n  author = {{The class and Ada Byron}},\n")
    assert bibtex.endswith("  url = {https://x.org/},\n}")
    course = CITATION | {"title": "Genes & chance", "authors": [{"name": "R&D"}]}
    bibtex = citation_bibtex(course, "https://x.org/a_b", "key")
    assert bibtex.startswith("@misc{key,\n  author = {{R\\&D}},\n  title = {Genes \\& chance},\n")
    assert "url = {https://x.org/a_b}" in bibtex


def git(folder, *arguments):
    identity = ["-c", "user.name=x", "-c", "user.email=x@y.z"]
    when = {"GIT_AUTHOR_DATE": "2026-01-02T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-02T12:00:00Z"}
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env={**os.environ, **when}, check=True
    )


def test_edition_and_dates_are_those_of_the_commits(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / "page.md").write_text("x", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "First")
    assert edition(tmp_path).endswith(" (2026-01-02)")
    assert last_changes(tmp_path) == {"page.md": "2026-01-02"}


@pytest.mark.skipif(os.name == "nt", reason="its gpg is a script of a shell")
def test_words_on_a_signature_are_not_taken_for_the_date(tmp_path, monkeypatch):
    gpg = tmp_path / "gpg"
    gpg.write_text(SIGNS, encoding="utf-8", newline="\n")
    gpg.chmod(0o755)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    settings = {"gpg.program": gpg.as_posix(), "log.showSignature": "true"}
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for n, (name, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{n}", name)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{n}", value)
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-qS", "-m", "First", "--allow-empty")
    assert edition(tmp_path).endswith(" (2026-01-02)")
    assert not edition(tmp_path).startswith("gpg")
    assert edition_time(tmp_path) == 1767355200


def test_shallow_clone_knows_its_commit_but_no_dates(tmp_path):
    whole, shallow = tmp_path / "whole", tmp_path / "shallow"
    whole.mkdir()
    git(whole, "init", "-q")
    for name in ("old.md", "new.md"):
        (whole / name).write_text("x", encoding="utf-8")
        git(whole, "add", ".")
        git(whole, "commit", "-qm", name)
    git(tmp_path, "clone", "-q", "--depth", "1", whole.as_uri(), "shallow")
    assert edition(shallow) == edition(whole)
    assert set(last_changes(whole)) == {"old.md", "new.md"}
    assert last_changes(shallow) == {}  # git would date both files by the one commit it has


def test_archive_without_git_has_no_dates(tmp_path):
    assert edition(tmp_path) == ""
    assert last_changes(tmp_path) == {}
