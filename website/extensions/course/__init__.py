"""What makes a course of one's own: the settings of `course.yml`, and the folder `local/`."""
