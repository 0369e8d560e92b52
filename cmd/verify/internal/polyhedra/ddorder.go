package polyhedra

import (
	"fmt"
	"strings"

	"pstar/doubledesc"
	"pstar/format/ine"
	"pstar/internal/each"
)

// orderByName returns an order by its name, which is cddlib's where it has the
// order. cddlib's minindex is the order given.
//
// An order changes how long a conversion takes, not what comes out.
func orderByName(name string) (order doubledesc.Order, ok bool) {
	// cddlib's own name for the order given, which many files of others have.
	if name == "minindex" {
		return doubledesc.AsGiven, true
	}
	for _, o := range doubledesc.Orders() {
		if o.String() == name {
			return o, true
		}
	}
	return 0, false
}

// orderNames lists the names of the orders, the default first.
func orderNames() string {
	return strings.Join(each.Of(doubledesc.Orders(), doubledesc.Order.String), ", ")
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
	if order, ok := orderByName(name); ok {
		f.name, f.order = name, order
		return nil
	}
	return fmt.Errorf("expected one of %s", orderNames())
}

// fromFile takes the order from the options of the file unless the flag was
// given.
//
// Words of the file that name no order are passed over.
func (f *orderFlag) fromFile(file *ine.File) {
	// Who types a flag knows better than who wrote the file.
	if f.name != "" {
		return
	}
	for _, o := range file.Options {
		// The first order in the file counts; a second one is told to be ignored, since it is
		// in no list.
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
