# What a person types here. The tests need Go and a C compiler (for -race);
# the browser and spreadsheet tests need Chromium and LibreOffice, installed
# below on a Debian machine where we are root.

DEBIAN_TOOLS = chromium libreoffice-calc libreoffice-writer poppler-utils

.PHONY: run test tools bench fuzz lint generate screenshots

run: ## the product, with a living demonstration
	go run ./cmd/diapason demo

test: tools lint ## everything that must hold
	go test -race -timeout 25m ./...
	go test -run Attacker ./surveys/report

tools:
	@if command -v chromium >/dev/null && command -v soffice >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_TOOLS) >/dev/null; \
	else \
		echo "Chromium or LibreOffice is missing: the tests that need it will be skipped."; \
		echo "To run them: sudo apt-get install $(DEBIAN_TOOLS)"; \
	fi

lint:
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	go vet ./...

bench: ## the budgets of speed and size
	go test -run '^$$' -bench . -benchmem ./surveys/... ./exports/... ./handlers/...
	go run ./cmd/diapason bench

fuzz: ## a minute on each door where foreign text enters
	@for file in $$(grep -rl '^func Fuzz' --include='*_test.go' surveys exports); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\)(.*/\1/p' $$file); do \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime 1m ./$$(dirname $$file) || exit 1; \
		done; \
	done

generate: ## the list of communes, from its npm package
	go generate ./surveys/territory

screenshots: ## the pictures of the README, and every page in the folder screenshots
	PICTURES=$(CURDIR)/docs/images SCREENSHOTS=$(CURDIR)/screenshots go test -count 1 -run 'TestScreenshots|TestPictures' ./cmd/diapason
