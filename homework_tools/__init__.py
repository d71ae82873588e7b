"""The homework's tools: its master is read, made into editions, exported and graded."""
