package kernel

// The limits are counts that depend on the document alone, so that every checker answers
// alike. FORMAT.md states them.
const (
	MaxDocument = 1 << 26 // bytes of a document
	MaxSymbols  = 1 << 21 // of a scope
	MaxFacts    = 1 << 21 // of a scope; goals too
	MaxTerms    = 1 << 22 // of all facts and goals that are there at a time
	MaxWork     = 1 << 28 // units of work for a document
	MaxWords    = 1 << 12 // 64-bit words of a number
	MaxDigits   = 10000   // of a number as it is written, above and below
	maxDegree   = 64      // of a term
	maxScopes   = 32      // one inside the other
	maxName     = 200     // bytes of a name
	dearWork    = 16      // units for a term that is not linear, or whose number is long
)

// limits counts. Work is one unit for each linear term that is added or looked at, 16 for
// each other, and for each operation on two numbers of which one is not a short integer 16, and
// four times the words of both numerators times those of both denominators.
type limits struct {
	work, terms int64
	reached     bool // a limit
	fail        func(format string, args ...any)
}

// over rejects the document because of a limit.
func (l *limits) over(format string, args ...any) {
	l.reached = true
	l.fail(format, args...)
}

func (l *limits) spend(units int) {
	if l.work += int64(units); l.work > MaxWork {
		l.over("more work than the %d units that the format allows", MaxWork)
	}
}

// long counts an operation on numbers of which one is not, or does not stay, short.
func (l *limits) long(x, y Num) {
	xAbove, xBelow := x.words()
	yAbove, yBelow := y.words()
	if max(xAbove+xBelow, yAbove+yBelow) > MaxWords {
		l.over("a number has more than the %d words that the format allows", MaxWords)
	}
	l.spend(dearWork + 4*(xAbove+yAbove)*(xBelow+yBelow))
}

// hold counts terms that are kept.
func (l *limits) hold(terms int) {
	if l.terms += int64(terms); l.terms > MaxTerms {
		l.over("more than the %d terms at a time that the format allows", MaxTerms)
	}
}
