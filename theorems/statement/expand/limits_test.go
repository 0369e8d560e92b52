package expand

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// The page has all limits of a file, as they are.
func TestPageOfLimits(t *testing.T) {
	page, err := os.ReadFile("../../../docs/theorem-files.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Limits\n")
	section, _, _ = strings.Cut(section, "A search for a step")
	said := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^\| (.+) \| ([0-9 ]+) \|$`).FindAllStringSubmatch(section, -1) {
		if said[m[1]], err = strconv.Atoi(strings.ReplaceAll(m[2], " ", "")); err != nil {
			t.Error(err)
		}
	}
	limits := map[string]int{
		"bytes of a file":           syntax.MaxBytes,
		"words and signs of a file": syntax.MaxTokens,
		"parentheses, brackets, braces and operators within each other": syntax.MaxDepth,
		"characters of a name":                                                   syntax.MaxName,
		"characters of a text in quotes":                                         syntax.MaxText,
		"digits of a number that is written":                                     syntax.MaxDigits,
		"bits of a numerator or denominator":                                     maxBits,
		"the exponent of a number":                                               maxExponent,
		"the exponent of an expression in symbols, and the symbols in a product": maxDegree,
		"definitions that rest on each other":                                    maxDefinitions,
		"elements of a set":                                                      MaxElements,
		"numbers and texts in an element of a set, or a component of a tuple":    maxParts,
		"instances":              MaxInstances,
		"symbols of an instance": statement.MaxSymbols,
		"random variables":       MaxRandom,
		"terms of rows and elements of sets that are kept":                             MaxTerms,
		"steps of an expansion":                                                        MaxSteps,
		"permutations, two for each set of `symmetric`, that certificates make use of": statement.MaxActions,
	}
	for what, most := range limits {
		if said[what] != most {
			t.Errorf("%s: the page says %d, the limit is %d", what, said[what], most)
		}
	}
	if len(said) != len(limits) {
		t.Errorf("the page has %d limits, there are %d", len(said), len(limits))
	}
}
