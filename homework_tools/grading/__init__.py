"""Grading a class: submissions are collected and graded, results are kept and reported."""
