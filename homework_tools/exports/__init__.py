"""The homework in the forms of other graders: nbgrader and Otter."""
