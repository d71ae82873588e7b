"""The homework's tools: one master file, the editions made from it, and the grading of a class.

They are no part of the package `rnaseq_hw`, which never imports them. `tasks.py` calls them.
"""
