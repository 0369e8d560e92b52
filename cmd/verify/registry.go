package main

import (
	"sync"

	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/multidraft"
)

// registry is every theorem that the program knows: one line for each family.
var registry = sync.OnceValue(func() *theorems.Registry {
	return theorems.NewRegistry([]theorems.Paper{
		{Key: "MD", Title: "Multi-Draft Speculative Sampling: Canonical Decomposition and Theoretical Limits"},
		{Key: "IS", Title: "Importance Weighted Multi-Draft Speculative Sampling"},
		{Key: "CRS", Title: "Forward-backward Contention Resolution Schemes for Fair Rationing"},
	},
		multidraft.Family(),
		contention.Family(),
	)
})
