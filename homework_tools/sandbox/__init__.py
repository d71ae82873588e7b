"""The process in which a student's code runs: `host` starts and limits it, `guest` is inside."""
