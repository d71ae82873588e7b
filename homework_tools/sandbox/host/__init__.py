"""The grader's side of the sandbox: it starts and limits the other side."""
