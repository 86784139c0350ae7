# Tidewaiter. `make demo` and `make test` set themselves up on a fresh machine.

SHELL       := /bin/bash
BIN         := bin/tidewaiter
GO_SOURCES  := $(shell git ls-files -co --exclude-standard -- '*.go' '*.csv' '*.sql' '*.cpy' '*.cbl' '*.tmpl' '*.css' '*.yaml' go.mod go.sum 2>/dev/null)

.PHONY: help setup build demo test bench fuzz lint fmt clean

help: ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install what is missing: PostgreSQL, GnuCOBOL, the Temporal server
	@.ci/setup

build: $(BIN) ## build bin/tidewaiter

$(BIN): $(GO_SOURCES)
	@mkdir -p bin
	go build -o $@ ./cmd/tidewaiter

demo: setup build ## one business day through both systems, then the parity report
	@code=0; $(BIN) demo || code=$$?; \
	if [ $$code -eq 1 ]; then echo "(exit status 1: the two systems differ, as the demo's legacy habits make them)"; exit 0; fi; \
	exit $$code

test: setup ## every test, with the race detector, against real services
	go test -race -timeout 20m ./...

bench: setup build ## benchmarks: decode, assess (beside the COBOL program), post, compare
	@.ci/bench

fuzz: ## every fuzz target for 10 minutes (FUZZTIME=1m make fuzz)
	@.ci/fuzz

lint: ## formatting, go vet, staticcheck, workflowcheck
	@.ci/lint

fmt: ## format the Go sources
	gofmt -w $$(git ls-files '*.go')

clean: ## remove what was built and the demo's data
	rm -rf bin .tidewaiter
