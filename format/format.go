// Package format is the tables of the file formats of linear programs and of polyhedra: which
// there are, how they are named, and who reads and writes them. Each is a package of its own beside
// this one; format/text has the one scanner and the one error of all readers, and
// format/program what the formats of linear programs share.
//
//	mps, cplex   linear programs: the MPS formats, the CPLEX LP format
//	vipr, smt2   proofs of results of linear programs, for the checkers of others
//	ine          polyhedra as cddlib and lrs have them, and JSON
//	porta, normaliz, matrix   polyhedra as others have them, over format/rows
package format

import (
	"io"
	"path/filepath"
	"strings"

	"pstar/format/cplex"
	"pstar/format/mps"
	"pstar/format/program"
	"pstar/lp"
)

// Program is a format of linear programs.
type Program struct {
	Name   string // by which a user asks for it
	Ending string // of the names of its files, or "" if they are not told by it
	// Read reads a problem from r; file names it in errors, which are of type
	// *text.SyntaxError unless r itself fails.
	Read func(r io.Reader, file string, o program.Options) (*lp.Problem, error)
	// Write writes a problem so that Read returns it again; nil if there is no writer.
	Write func(w io.Writer, p *lp.Problem) error
}

// programs are the formats of linear programs. The first with an ending is that of files
// so named. The fixed form of MPS has the ending of the free one, and has to be asked
// for; it is not written.
var programs = []Program{
	{"mps", ".mps", mps.Read, mps.Write},
	{"fixed", "", mps.ReadFixed, nil},
	{"lp", ".lp", cplex.Read, cplex.Write},
}

// ProgramNamed returns the format with the name.
func ProgramNamed(name string) (Program, bool) {
	return find(func(p Program) bool { return p.Name == name })
}

// ProgramOf returns the format that the name of a file promises, whatever the case of the
// letters; .gz may follow.
//
// It looks at the name alone, and so says nothing of what is in the file.
func ProgramOf(path string) (Program, bool) {
	ending := strings.ToLower(filepath.Ext(strings.TrimSuffix(path, ".gz")))
	return find(func(p Program) bool { return ending != "" && p.Ending == ending })
}

// find returns the first format of the table of which this is true.
func find(is func(Program) bool) (Program, bool) {
	for _, p := range programs {
		if is(p) {
			return p, true
		}
	}
	return Program{}, false
}
