"""How a chapter becomes the clean notebook that readers download."""
