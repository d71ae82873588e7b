"""What a chapter must keep: each module finds one kind of fault, and a fault fails the build."""
