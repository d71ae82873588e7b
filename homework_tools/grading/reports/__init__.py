"""What comes out of grading: scores, feedback, a summary, and the answers to read."""
