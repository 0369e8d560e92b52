package syntax

import "pstar/rational"

// A Position is a place in the file, line and column counted from 1, columns in
// characters. An editor that counts tabs as several columns counts differently.
type Position struct{ Line, Column int }

// A File is a theorem file.
type File struct {
	Name       string // for messages
	Statements []Statement
}

// A Statement is one of the pointers to the structs below. All of them have the
// position of their first word.
type Statement interface{ Where() Position }

// Where is the place at which the statement begins.
func (p Position) Where() Position { return p }

type (
	// Theorem is theorem "TITLE".
	Theorem struct {
		Position
		Title string
	}
	// Define is let NAME = VALUE or set NAME = VALUE.
	Define struct {
		Position
		Set   bool
		Name  Name
		Value Expr
	}
	// Declare is param NAME[INDEX], or var NAME[INDEX] >= 0.
	Declare struct {
		Position
		Unknown     bool
		Name        Name
		Index       []Clause // empty for a single symbol
		Nonnegative bool
	}
	// Relation is assume ROW, s.t. LABEL: ROW or given LABEL: ROW.
	Relation struct {
		Position
		Word  string // "assume", "s.t." or "given"
		Label Name   // the empty name if there is none
		Row   *Row
	}
	// Independence is assume A . B, A / B / C or A : B of entropies: Sign tells which.
	Independence struct {
		Position
		Sign   Kind
		Groups [][]Argument
	}
	// Objective is maximize NAME: EXPR, or minimize.
	Objective struct {
		Position
		Maximize bool
		Name     Name
		Value    Expr
	}
	// Entropy declares random variables.
	Entropy struct {
		Position
		Variables []Variable
	}
	// Claim is claim ROW, claim feasible iff { ROWS } or claim infeasible.
	Claim struct {
		Position
		Form ClaimForm
		Rows []*Row
	}
	// Find is find NAME or find feasible, then with the empty name.
	Find struct {
		Position
		Name Name
	}
	// Symmetric says that permutations of the elements of these sets fix the problem.
	Symmetric struct {
		Position
		Sets []Name
	}
	// Have is have NAME: ROW by RULE …: a step of a proof by hand.
	Have struct {
		Position
		Name Name
		Row  *Row
		// Products are the sum that is to prove the row; nil asks for a search.
		Products Expr
	}
)

// A Variable is a random variable, or a family of them.
type Variable struct {
	Name  Name
	Index []Clause
}

// A ClaimForm says what a claim is about.
type ClaimForm int

// The forms of a claim.
const (
	Rows       ClaimForm = iota // each row follows
	Feasible                    // unknowns exist if and only if the rows hold
	Infeasible                  // nothing satisfies the system
)

// A Row is EXPR REL EXPR … for … if …, for all values of the clauses. Signs has one sign
// less than there are sides.
type Row struct {
	Position
	Sides   []Expr
	Signs   []Sign
	Clauses []Clause
}

// A Sign is a relation at its place.
type Sign struct {
	Position
	Kind Kind
}

// A Clause is "for PATTERN in SET" or "if CONDITION": then the pattern is nil.
type Clause struct {
	Position
	Pattern *Pattern
	Value   Expr // the set, or the condition
}

// A Pattern is a name, or a tuple of patterns: then the name is empty.
type Pattern struct {
	Name  Name
	Parts []*Pattern
}

// A Name is an identifier at its place.
type Name struct {
	Position
	Text string
}

// An Argument is an expression for all values of the clauses.
type Argument struct {
	Value   Expr
	Clauses []Clause
}

// An Expr is one of the pointers to the structs below. All of them know their place,
// which for an operator is that of its sign, since there the two sides meet.
type Expr interface{ Where() Position }

type (
	// Number is a number as it is written.
	Number struct {
		Position
		Value rational.Rat
	}
	// Text is an atom, "TEXT".
	Text struct {
		Position
		Value string
	}
	// Ident is a name.
	Ident struct{ Name }
	// Index is X[ARGS].
	Index struct {
		Position
		X    Expr
		Args []Expr
	}
	// Call is one of the functions: sum, min, max, subsets, card. Which of them the
	// name says; the parser has let no other through.
	Call struct {
		Position
		Function string
		Args     []Argument
	}
	// Information is H(A,B|C) or I(A;B|C): the groups between semicolons, and the condition.
	Information struct {
		Position
		Groups    [][]Argument
		Condition []Argument
	}
	// Unary is -X or not X.
	Unary struct {
		Position
		Op Kind
		X  Expr
	}
	// Binary is X OP Y at the place of the sign.
	Binary struct {
		Position
		Op   Kind
		X, Y Expr
	}
	// Chain is X REL Y REL Z: all of its relations hold. It is true for a single pair
	// as well: a condition A < B is a chain of two.
	Chain struct {
		Position
		Sides []Expr
		Signs []Sign
	}
	// Tuple is (X, Y, …), of two or more.
	Tuple struct {
		Position
		Parts []Expr
	}
	// SetOf is {X, Y, …}, each perhaps with clauses.
	SetOf struct {
		Position
		Args []Argument
	}
)
