"""What we say ourselves, and how a course has it in another language: catalogues of gettext."""
