# test: all tests.  bench: Go benchmarks.  fuzz: every fuzz target for FUZZTIME.
# soak: the random comparisons of conversions, 100 000 cones, and lists with a ray missing, and of closed forms with programs over all
# words of drafts, 1 000 instances of each model (some minutes);
# then the orbits of polytopes of the literature, whose files are made in the folder FAMILIES.
# corpus: conversions of all files in the folder POLYHEDRA, such as the examples of lrslib
# and cddlib, the large ones too, for ten minutes each.
# formal: every theorem that is proved in Coq for all sizes; kernel: the same by coqchk.
# vcheck: the checker that Coq proved sound, extracted to OCaml, beside the kernel on 10 000 mutants, and exports read by Coq.
# verify: all cells of the papers, with certificates, checked again.
# install: commands, pages of the manual and completions for shells under PREFIX, in DESTDIR if it is set; uninstall.
# dist: archives for linux, darwin and windows in the folder DIST, the same bytes for the same commit and Go.
# site: pages that check and prove in a browser, in the folder SITE, and a look at them in one.
# pictures: those of the documentation, anew: drawings by the commands that the pages name, pages by a browser.
FUZZTIME ?= 30s
OUT ?= out
SITE ?= site
DIST ?= dist
FAMILIES ?= families
PREFIX ?= /usr/local
RELEASE := $(shell sed -n 's/^\#\# \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1)
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man/man1
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d

.PHONY: test bench fuzz soak corpus formal kernel vcheck verify site pictures install uninstall dist
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
	SOAK=100000 go test -timeout 2h -run 'TestRaysWithEquations|TestComplete|TestEveryStrategy' ./doubledesc
	SOAK=1000 go test -timeout 2h -run 'Thousand|GroupsAgainstSequences' ./theorems/multidraft/...
	go run ./bench/families $(FAMILIES)
	FAMILIES=$(abspath $(FAMILIES)) LONG=1 go test -timeout 2h -run TestLiterature ./doubledesc/orbits

corpus:
	POLYHEDRA="$(POLYHEDRA)" CORPUS_LONG=1 go test -v -timeout 10h -run TestCorpus ./doubledesc

formal:
	$(MAKE) -C formal check

kernel:
	$(MAKE) -C formal kernel

vcheck:
	$(MAKE) -C formal vcheck
	VCHECK=$(CURDIR)/formal/vcheck/vcheck go test -count=1 -timeout 1h -v -run TestExtracted ./witness
	VCHECK=$(CURDIR)/formal/vcheck/vcheck COQC=coqc go test -count=1 -timeout 1h ./formal/coqfile

verify:
	go run ./cmd/verify -k 2..6 -n 2..14 -certificate $(OUT)
	go run ./cmd/certcheck $(OUT)/*.json.gz | grep -E ': (valid|INVALID)'

site:
	go run ./deploy/site -o $(SITE)
	SITE=$(abspath $(SITE)) go test -count=1 -run TestSite ./cmd/verify

pictures: site
	for page in docs/*.md; do sed -n 's/^\$$ go run .\/cmd\/verify \(.* -\(o\|figure\) \)\([a-z0-9-]*\.svg\)$$/\1docs\/images\/\3/p' $$page; done | \
	  while read -r arguments; do go run ./cmd/verify $$arguments || exit 1; done
	PICTURES=$(CURDIR)/docs/images SITE=$(abspath $(SITE)) go test -count=1 -run 'TestReportPicture|TestSite' ./cmd/verify

install:
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(MANDIR)' '$(DESTDIR)$(BASHDIR)' '$(DESTDIR)$(ZSHDIR)' '$(DESTDIR)$(FISHDIR)'
	go build -trimpath -buildvcs=auto -ldflags='-X pstar/internal/build.release=$(RELEASE)' -o '$(DESTDIR)$(BINDIR)/' ./cmd/verify ./cmd/certcheck
	'$(DESTDIR)$(BINDIR)/verify' man -o '$(DESTDIR)$(MANDIR)'
	'$(DESTDIR)$(BINDIR)/verify' completion bash >'$(DESTDIR)$(BASHDIR)/verify'
	ln -sf verify '$(DESTDIR)$(BASHDIR)/certcheck'
	'$(DESTDIR)$(BINDIR)/verify' completion zsh >'$(DESTDIR)$(ZSHDIR)/_verify'
	'$(DESTDIR)$(BINDIR)/verify' completion fish >'$(DESTDIR)$(FISHDIR)/verify.fish'

uninstall:
	rm -f '$(DESTDIR)$(BINDIR)/verify' '$(DESTDIR)$(BINDIR)/certcheck'
	rm -f '$(DESTDIR)$(MANDIR)'/verify.1 '$(DESTDIR)$(MANDIR)'/verify-*.1 '$(DESTDIR)$(MANDIR)/certcheck.1'
	rm -f '$(DESTDIR)$(BASHDIR)/verify' '$(DESTDIR)$(BASHDIR)/certcheck' '$(DESTDIR)$(ZSHDIR)/_verify' '$(DESTDIR)$(FISHDIR)/verify.fish'

dist:
	go run ./deploy/dist -o $(DIST)
