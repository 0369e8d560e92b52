package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pstar/certificate"
)

var update = flag.Bool("update", false, "write the rejected certificates of contention resolution anew")

const contentionFixtures = "../../fixtures/contention/certificates/"

// wrongContention are accepted certificates with one thing wrong, by the names of the rejected ones, and what the checker says of them.
var wrongContention = map[string]struct{ accepted, old, wrong, reason string }{
	"choice":      {"knapsack", `"forward":["5/12"`, `"forward":["7/12"`, "negative coefficient"},                                     // above what Definition 5 allows
	"induction":   {"uniform", `"facts":[["=",[[-1],[1,0],[1,1]]]]`, `"facts":[["=",[[-1],[2,0],[1,1]]]]`, "not the same polynomial"}, // another invariant
	"largest":     {"rationing", `"largest":"151/300"`, `"largest":"38/75"`, "negative coefficient"},                                  // 152/300: not attained
	"missing":     {"uniform", `"claims":[`, `"claims":[["CRS-T1.4","concluded"],`, `claim 0 should be "CRS-L3.1"`},                   // a claim without proofs
	"order":       {"unit", `"x":["1/2","1/3","1/6"]`, `"x":["1/3","1/2","1/6"]`, "negative coefficient"},                             // two elements change places
	"other":       {"phi", `"theorem":4,`, `"theorem":5,`, "exponents of the two products"},                                           // the proof of another theorem
	"probability": {"unit", `"x":["1/2","1/3","1/6"]`, `"x":["1/2","1/3","1/5"]`, "not the same polynomial"},                          // another instance
	"product":     {"phi", `"as":"product","of":[[4,7],[5]`, `"as":"product","of":[[5,7],[4]`, "exponents of the two products"},       // e^l e^m = e^(l+m) for other l
	"refuted":     {"refuted", `"9/10"`, `"1/5"`, "negative coefficient"},                                                             // a target that lies in the region
	"smaller":     {"rationing", `"largest":"151/300"`, `"largest":"1/2"`, "negative coefficient"},                                    // 150/300: not the largest
	"target":      {"rationing", `"1/2"]],"1/2"],["II"`, `"1/2"]],"3/4"],["II"`, "not the same polynomial"},                           // outside of the region
	"taylor":      {"phi", `"as":"bound","of":[7,2]`, `"as":"bound","of":[7,4]`, "not all nonnegative"},                               // two terms more than the proof needs
	"weaker":      {"uniform", `["CRS-U","proved"]`, `["CRS-U","checked"]`, `claim 5 should be "CRS-U" "proved"`},                     // less than what is proved
}

var statedDigest = regexp.MustCompile(`"sha256":"[0-9a-f]{64}"`)

// changed is a document with one thing wrong and the right digests: that of a theorem that has become another one is taken from what
// the checker says, so that the proof is on trial and not a number beside it.
func changed(t *testing.T, name string) []byte {
	t.Helper()
	c := wrongContention[name]
	content, err := os.ReadFile(contentionFixtures + "accepted/" + c.accepted + ".json")
	if err != nil {
		t.Fatal(err)
	}
	body, _, _ := strings.Cut(string(content), ",\n\"sha256\"")
	if !strings.Contains(body, c.old) {
		t.Fatalf("%s: %s.json holds no %s", name, c.accepted, c.old)
	}
	body = strings.Replace(body, c.old, c.wrong, 1)
	for {
		sum := sha256.Sum256([]byte(body))
		document := []byte(body + ",\n\"sha256\":\"" + hex.EncodeToString(sum[:]) + "\"}\n")
		_, err := certificate.CheckBytes(context.Background(), document)
		var invalid *certificate.Invalid
		if !errors.As(err, &invalid) {
			t.Fatalf("%s is accepted, or not judged: %v", name, err)
		}
		_, right, other := strings.Cut(invalid.Reason, "written out, has the digest ")
		if !other {
			return document
		}
		// The digest at fault is the last one that has been read.
		places := statedDigest.FindAllStringIndex(body[:invalid.Offset], -1)
		last := places[len(places)-1]
		body = body[:last[0]] + `"sha256":"` + right + `"` + body[last[1]:]
	}
}

// The rejected files are the accepted ones with one thing wrong. "go test ./cmd/certcheck -run Contention -update" writes them anew.
func TestWrongContentionCertificates(t *testing.T) {
	for name, c := range wrongContention {
		want, path := changed(t, name), contentionFixtures+"rejected/"+name+".json"
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if found, err := os.ReadFile(path); err != nil || !bytes.Equal(found, want) {
			t.Errorf("%s is not what it is made of now (%v): run this test with -update", path, err)
		}
		var stdout, stderr bytes.Buffer
		if status := run([]string{path}, nil, &stdout, &stderr); status != exitInvalid || !strings.Contains(stdout.String(), c.reason) {
			t.Errorf("%s: status %d, want %q\n%s%s", path, status, c.reason, stdout.String(), stderr.String())
		}
	}
	if files, err := filepath.Glob(contentionFixtures + "rejected/*"); err != nil || len(files) != len(wrongContention) {
		t.Errorf("%d rejected files (%v), %d ways to make them", len(files), err, len(wrongContention))
	}
}

// Every kind of statement on contention resolution, true and with one thing wrong.
func TestContentionCertificates(t *testing.T) {
	for folder, want := range map[string]struct {
		status int
		text   string
	}{"accepted": {0, ": valid: contention, "}, "rejected": {1, ": INVALID at "}} {
		files, err := filepath.Glob(contentionFixtures + folder + "/*.json")
		if err != nil || len(files) < 9 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			var stdout, stderr bytes.Buffer
			status := run([]string{file}, nil, &stdout, &stderr)
			if status != want.status || !strings.Contains(stdout.String(), file+want.text) || stderr.Len() > 0 {
				t.Errorf("%s: status %d\n%s%s", file, status, stdout.String(), stderr.String())
			}
		}
	}
}
