"""What the commands of `tasks.py` share: environments, benchmarks, how stored data were made."""
