package main

import (
	"fmt"
	"strings"

	"pstar/cone"
	"pstar/doubledesc"
)

// orders are the orders of rows by name, the default first. Names are those of
// cddlib where it has the order.
var orders = []struct {
	name  string
	order doubledesc.Order
}{
	{"support", doubledesc.BySupport},
	{"given", doubledesc.AsGiven},
	{"minindex", doubledesc.AsGiven},
	{"lexmin", doubledesc.LexMin},
	{"lexmax", doubledesc.LexMax},
}

func orderNames() string {
	var names []string
	for _, o := range orders {
		names = append(names, o.name)
	}
	return strings.Join(names, ", ")
}

// orderFlag is an order chosen by the flag -order or by an option in the file;
// the flag wins.
type orderFlag struct {
	name   string // "" if neither has spoken
	order  doubledesc.Order
	inFile string // the option of the file that is honoured
}

// String implements flag.Value.
func (f *orderFlag) String() string { return f.name }

// Set implements flag.Value.
func (f *orderFlag) Set(name string) error {
	for _, o := range orders {
		if o.name == name {
			f.name, f.order = name, o.order
			return nil
		}
	}
	return fmt.Errorf("expected one of %s", orderNames())
}

// fromFile takes the order from the options of the file unless the flag was
// given.
func (f *orderFlag) fromFile(file *cone.File) {
	if f.name != "" {
		return
	}
	for _, o := range file.Options {
		if f.Set(o.Word) == nil {
			f.inFile = o.Word
			return
		}
	}
}

// names lists the options of the file that are honoured.
func (f *orderFlag) names() []string {
	if f.inFile == "" {
		return nil
	}
	return []string{f.inFile}
}
