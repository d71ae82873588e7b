# A thin wrapper: every command is in tasks.py, which runs without make as well.
# Another Python: make book PYTHON=python3.12

PYTHON ?= python3
TASKS = $(PYTHON) tasks.py

.PHONY: help book test check serve pdf zip screenshots jupyter notebooks branch format seed update numbers changes links messages release homework grade bench env lock clean

help:
	@$(TASKS) help

book check serve pdf zip screenshots jupyter notebooks branch format update links messages homework bench env lock:
	@$(TASKS) $@ $(ARGS)

test:
	@$(TASKS) test -- $(ARGS)

seed:
	@$(TASKS) seed $(or $(SEED),$(error name the seed: make seed SEED=45))

numbers:
	@$(TASKS) numbers "$(or $(BEFORE),$(error name a build's numbers.json: make numbers BEFORE=file))"

changes:
	@$(TASKS) changes "$(or $(BEFORE),$(error name another built site: make changes BEFORE=folder))"

release:
	@$(TASKS) release $(or $(VERSION),$(error name the version: make release VERSION=1.2.0)) $(ARGS)

clean:
	@$(TASKS) clean $(ARGS)

grade:
	@$(TASKS) grade "$(or $(SUBMISSIONS),$(error name the folder: make grade SUBMISSIONS=folder))" $(ARGS)
