"""What the commands of `tasks.py` share: the environment that they run in."""
