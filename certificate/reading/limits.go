package reading

import (
	"context"

	"pstar/certificate/theorem"
)

// The limits are counts that depend on the document alone, so that every checker answers
// alike. FORMAT.md states them.
const (
	// Decompressed. A referee's computer holds it twice while it is read; all other limits
	// follow from wanting an answer within 10 s and 512 MiB for whatever stands in so many
	// bytes.
	MaxDocument = 1 << 26 // bytes of a document
	// The largest cells that the command takes, such as (4, 39), have theorems of half as many.
	MaxSymbols = 1 << 20 // of a scope
	MaxFacts   = 1 << 20 // of a scope; goals too
	// About 32 bytes each: 160 MiB, the larger part of what a checker may take besides the
	// document.
	MaxTerms = 5 << 20 // units of all that is kept at a time, see weight
	// A sum is held in tables, with about four times the memory of a list of its terms.
	MaxSum = 1 << 19 // units of a polynomial that is being added up, without its linear terms
	// 10 to 20 ns each where what takes the time is counted, which is 4 to 9 s.
	MaxWork = 3 << 27 // units of work for a document
	// An operation on such numbers takes a millisecond or less: patience is asked between them.
	MaxWords = 1 << 12 // 64-bit words of a number
	// An optimum that needs more has no certificate, which its command says. Reading them takes
	// longer than they are long, which is counted before.
	MaxDigits = 10000 // of a number as it is written, above and below
	// A theorem that is written out is printed whole, twice with what its proof uses, as nothing else says what it is: 2^26
	// bytes of a document can name a symbol of 200 bytes 2^25 times.
	MaxText = 3 << 23 // bytes of literal theorems for people, see TextBytes
	// Each is a list as long as the symbols, and is compared with all facts. Two do for all
	// permutations.
	MaxGenerators = 16 // of a theorem
	// K drafts have products of K probabilities.
	MaxDegree = 64 // of a term
	// They are checked by functions that call each other, and each keeps what is hidden in it.
	MaxScopes = 32  // one inside the other
	MaxName   = 200 // bytes of a name
	DearWork  = 16  // units for a term that is not linear
)

// Limits counts. Work is one unit for each linear term that is looked at, one or two for one that is added, 16 and more for each
// other, and for each operation on two numbers of which one is not a short integer what Long says; see section 7 of FORMAT.md.
type Limits struct {
	work, terms, text int64
	reached           bool // a limit
	fail              func(format string, args ...any)
	ctx               context.Context // nil: nobody waits
	next              int64           // the work at which patience is asked again, at once at first
	// Waits for the work beside, which it counts, after it has set this to nil. Beyond an eighth of MaxWork nothing is done
	// beside: on one core, too, all that is done is little more than MaxWork.
	Wait func()
}

// Exceed rejects the document because of a limit.
// The document may be right: a reader of the verdict is told that it is the format that ends
// here.
func (l *Limits) Exceed(format string, args ...any) { l.reached = true; l.fail(format, args...) }

// The comparison is with next, not with the limit, so that a check that somebody has given up
// ends within milliseconds at no cost.
func (l *Limits) Spend(units int) {
	if l.work += int64(units); l.work >= l.next {
		l.patience()
	}
}

// betweenLooks is the work, of a few milliseconds, between two looks at the context.
const betweenLooks = 1 << 16

// patience rejects the document if it takes too much work, and ends the check if its context
// has ended, which says nothing about the document.
func (l *Limits) patience() {
	if l.work > MaxWork {
		l.Exceed("more work than the %d units that the format allows", MaxWork)
	}
	l.next = min(l.work+betweenLooks, MaxWork+1)
	if l.Wait != nil && l.work > MaxWork/8 {
		l.Wait()
	}
	// That somebody has stopped waiting says nothing about the document: it is no Invalid.
	if l.ctx != nil && l.ctx.Err() != nil {
		panic(ended{context.Cause(l.ctx)})
	}
}

// ended is the panic of a check that nobody waits for any more.
type ended struct{ cause error }

// Worked is the work that has been counted.
func (l *Limits) Worked() int { return int(l.work) }

// Look counts that the terms are looked at.
func (l *Limits) Look(p theorem.Poly) {
	units := 0
	for _, t := range p {
		units += Work(t.M)
	}
	l.Spend(units)
}

// Work is that of a term which is added or looked at.
func Work(m theorem.Mono) int {
	if len(m) > theorem.SymbolBytes {
		return DearWork
	}
	return 1
}

// Long counts an operation on numbers of which one is not, or does not stay, short.
// Sums and products of integers cost their lengths, and so does the memory of a sum of many of them; fractions are reduced,
// which costs the product of lengths of numerators and denominators, as Euclid's algorithm
// does.
func (l *Limits) Long(x, y theorem.Num) {
	xAbove, xBelow := x.Words()
	yAbove, yBelow := y.Words()
	// Of the operands: a result that is too long is found when it is used, or costs nothing
	// more.
	if max(xAbove+xBelow, yAbove+yBelow) > MaxWords {
		l.Exceed(tooLong, MaxWords)
	}
	units := DearWork + 4*(xAbove+yAbove)*(xBelow+yBelow) + (xBelow+yBelow)*(xBelow+yBelow)/16
	if x.Integer() && y.Integer() {
		units = 12*(xAbove+yAbove) + xAbove*yAbove/64
	}
	l.Spend(DearWork + units)
}

// Primitive makes numbers primitive, see [theorem.Primitive], counted. What it makes may be longer than all that is kept
// of it, and is held meanwhile.
func (l *Limits) Primitive(numbers []theorem.Num) {
	held := l.Held()
	theorem.Primitive(numbers, func(words int) {
		if words > MaxWords {
			l.Exceed(tooLong, MaxWords)
		}
		l.Hold(words / 4)
		l.Spend(DearWork + words + words*words/16)
	})
	l.Release(held)
}

const tooLong = "a number has more than the %d words that the format allows"

// Hold counts units that are kept.
// It counts what is alive: a scope gives back what it held when it closes, by setting terms to
// what they were.
func (l *Limits) Hold(units int) {
	if l.terms += int64(units); l.terms > MaxTerms {
		l.Exceed("more than the %d terms at a time that the format allows", MaxTerms)
	}
}

// Held is what is kept by now; Release gives back what was kept since then.
func (l *Limits) Held() int64        { return l.terms }
func (l *Limits) Release(held int64) { l.terms = held }

// Keep counts the terms of a polynomial that is kept, and what it takes to write their numbers, for a digest: builders
// use those of a document many times.
func (l *Limits) Keep(p theorem.Poly) theorem.Poly {
	units := 0
	for _, t := range p {
		units += t.Weight()
		a, b := t.C.Words()
		l.Spend(12*(a+b-2) + (a+b)*(a+b)/64)
	}
	l.Hold(units)
	return p
}

// TextLimit counts a theorem as one that is to be read
// by people. Only literal theorems are printed whole.
func (l *Limits) TextLimit(t *theorem.Theorem) {
	if l.text += t.TextBytes(); l.text > MaxText {
		l.Exceed("the theorems, written with names and numbers, have more than the %d bytes that the format allows", MaxText)
	}
}

// Plus is x + y, counted.
func (l *Limits) Plus(x, y theorem.Num) theorem.Num {
	if s, short := x.PlusShort(y); short {
		return s
	}
	l.Long(x, y)
	return x.Plus(y)
}

// Times is x times y, counted.
func (l *Limits) Times(x, y theorem.Num) theorem.Num {
	if p, short := x.TimesShort(y); short {
		return p
	} else if !x.IsOne() && !y.IsOne() {
		l.Long(x, y)
	}
	return x.Times(y)
}

// What builders of statements compute of a document is counted too.

// Kept counts a fact that a builder makes of what it reads, and keeps.
func (r *Reader) Kept(f theorem.Fact) theorem.Fact {
	r.Hold(1)
	r.Keep(f.Poly)
	return f
}

// Count counts units of work, of 10 to 20 ns, and units of about 32 bytes that are kept.
func (r *Reader) Count(work, kept int) { r.Spend(work); r.Hold(kept) }

// Over is x/y, for y not 0, counted.
func (r *Reader) Over(x, y theorem.Num) theorem.Num { return r.Times(x, y.Inverse()) }
