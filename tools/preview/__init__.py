"""The site while it is being written: a process that keeps the book read, and one that shows it."""
