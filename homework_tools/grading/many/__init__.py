"""Many submissions, on all cores or a cluster: each result is kept as soon as it is there."""
