# test: all tests.  bench: Go benchmarks.  fuzz: every fuzz target for FUZZTIME.
# verify: all cells of the papers, with certificates, checked again.
FUZZTIME ?= 30s
OUT ?= out

.PHONY: test bench fuzz verify
test:
	go test ./...

bench:
	go test -run '^$$' -bench . ./...

fuzz:
	@for dir in $$(go list -f '{{.Dir}}' ./...); do \
	  for target in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]*' $$dir/*_test.go 2>/dev/null | sed 's/func //'); do \
	    echo "$$target in $$dir"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$dir || exit 1; \
	  done; \
	done

verify:
	go run ./cmd/verify -k 2..6 -n 2..14 -o $(OUT)
	go run ./cmd/certcheck $(OUT)/*.json.gz | grep -E ': (valid|INVALID)'
