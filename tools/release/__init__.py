"""Stamp an edition of the book: check, write version and date, commit, build, pack, tag."""
