# make test is what a change must pass; make help lists the rest.
.DEFAULT_GOAL := help

# The folders with Go in them, for gofmt, which does not know packages.
GO_DIRS := bot cmd flows locales tools
SHIRUBE := go run ./cmd/shirube

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
TESTFLAGS ?=
BENCH ?= .
BENCHTIME ?= 1s
FUZZTIME ?= 10s

GOLANGCI_LINT_VERSION := v2.15.0
GOLANGCI_LINT := .cache/golangci-lint/$(GOLANGCI_LINT_VERSION)/golangci-lint
TEXTLINT := .cache/textlint/node_modules/.bin/textlint

.PHONY: help
help: ## List the targets.
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 16

.PHONY: test
test: ## Run every check that a change must pass; installs gcc and redis-server if they are missing.
	tools/need go gcc redis-server
	@unformatted=$$(gofmt -l $(GO_DIRS)) && if [ -n "$$unformatted" ]; then \
		echo "not formatted; run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go test -race -timeout 30m $(TESTFLAGS) ./...
	CONTENT_DIR=. $(SHIRUBE) flow check
	$(SHIRUBE) flow test

.PHONY: learn
learn: ## Learn from flows/match/examples; after a change to them or to a concept.
	$(SHIRUBE) flow learn .

.PHONY: eval
eval: ## Print what is understood of testdata/match, by kind, disguise and id.
	tools/need go
	go test -count=1 -run '^TestEval$$' -v ./cmd/shirube

.PHONY: lint
lint: $(GOLANGCI_LINT) ## Look for mistakes and style with golangci-lint, built once into .cache.
	$(GOLANGCI_LINT) run ./...

$(GOLANGCI_LINT):
	tools/need go
	GOBIN=$(CURDIR)/$(@D) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)

.PHONY: text
text: $(TEXTLINT) ## Read every Japanese message with textlint; needs Node.js 20.
	rm -rf .cache/text && mkdir -p .cache/text
	$(SHIRUBE) flow text --locale ja --out .cache/text
	@cd .cache/textlint && node_modules/.bin/textlint --config ../../tools/textlint/.textlintrc.json '../text/*.txt'
	@echo "text: no finding in $$(ls .cache/text | wc -l | tr -d ' ') messages"

$(TEXTLINT): tools/textlint/package.json
	tools/need go node npm
	mkdir -p .cache/textlint && cp $< .cache/textlint/
	npm install --prefix .cache/textlint --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.PHONY: bench
bench: ## Measure everything; with BENCH, a pattern, the benchmarks it names only.
	tools/need go redis-server
	go test -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -benchmem -timeout 1h ./...
ifeq ($(BENCH),.)
	$(MAKE) bench-load
endif

.PHONY: bench-load
bench-load: build ## Measure the server against a floor, and beside neighbours; LOAD gives other arguments.
	tools/need redis-server
	go build -o .cache/load ./tools/load
ifdef LOAD
	.cache/load $(LOAD)
else
	.cache/load
	.cache/load fair
endif

.PHONY: fuzz
fuzz: ## Fuzz every parser for FUZZTIME.
	tools/need go
	tools/fuzz $(FUZZTIME)

.PHONY: build
build: ## Build the static program bin/shirube.
	tools/need go
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/shirube ./cmd/shirube

.PHONY: docker-check
docker-check: ## Build the image and run what is in it: by Docker, or as root by buildah.
	tools/docker-check

.PHONY: clean
clean: ## Remove everything that was built or installed here.
	rm -rf bin .cache
