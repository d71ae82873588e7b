"""The error of a homework or a course that breaks a rule."""


class MasterError(ValueError):
    """A rule is broken; the message begins with file and line."""
