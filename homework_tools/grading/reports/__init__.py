"""What comes out of grading: scores, feedback, a summary, and what has changed."""
