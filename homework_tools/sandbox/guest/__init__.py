"""All that ever runs beside a student's code: copied whole, it imports nothing else of ours."""
