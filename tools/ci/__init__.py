"""What CI's jobs run beyond the commands of `tasks.py`: each needs the standard library only."""
