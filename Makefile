# test: all tests.  bench: Go benchmarks.  fuzz: every fuzz target for FUZZTIME.
# soak: the random comparisons of conversions, 100 000 cones, and lists with a ray missing (some minutes).
# corpus: conversions of all files in the folder POLYHEDRA, such as the examples of lrslib
# and cddlib, the large ones too, for ten minutes each.
# formal: every theorem that is proved in Coq for all sizes; kernel: the same by coqchk.
# vcheck: the checker that Coq proved sound, extracted to OCaml, beside the kernel on 10 000 mutants, and exports read by Coq.
# verify: all cells of the papers, with certificates, checked again.
# site: pages that check and prove in a browser, in the folder SITE, and a look at them in one.
FUZZTIME ?= 30s
OUT ?= out
SITE ?= site

.PHONY: test bench fuzz soak corpus formal kernel vcheck verify site
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

soak:
	SOAK=100000 go test -timeout 2h -run 'TestRaysWithEquations|TestComplete' ./doubledesc

corpus:
	POLYHEDRA="$(POLYHEDRA)" CORPUS_LONG=1 go test -v -timeout 10h -run TestCorpus ./doubledesc

formal:
	$(MAKE) -C formal check

kernel:
	$(MAKE) -C formal kernel

vcheck:
	$(MAKE) -C formal vcheck
	VCHECK=$(CURDIR)/formal/vcheck/vcheck go test -count=1 -timeout 1h -v -run TestExtractedChecker ./witness
	VCHECK=$(CURDIR)/formal/vcheck/vcheck COQC=coqc go test -count=1 -timeout 1h ./formal/coqfile

verify:
	go run ./cmd/verify -k 2..6 -n 2..14 -certificate $(OUT)
	go run ./cmd/certcheck $(OUT)/*.json.gz | grep -E ': (valid|INVALID)'

site:
	go run ./deploy/site -o $(SITE)
	SITE=$(abspath $(SITE)) go test -count=1 -run TestSite ./cmd/verify
