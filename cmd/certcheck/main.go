// Command certcheck checks certificates. It is the checker of package certificate
// and nothing else, for readers who want to trust no more than that.
//
//	certcheck [--statement] [--json] [--against MODEL [--from FORMAT] [--convention C] [--relax]] [--max-mem SIZE] FILE... | --version
//
// For each file it prints one line, "FILE: valid: ..." with the statement and its claims or
// "FILE: INVALID at PLACE: REASON", and for a valid one what exactly is established; with
// --statement, without the figures of the proof. The file "-" is the standard input. With
// --against a certificate is invalid, too, unless its statement is that of the reader's own
// file: its theorems are the claims of a theorem file, which is expanded for that, its program
// is that of an MPS or LP file (.mps, .lp), or its polyhedron that of a list of inequalities
// (.ine) or the hull of one of points and rays (.ext), up to order and scaling; else the first
// difference is named. Polyhedra may be in the other formats that verify dd reads, too: PORTA
// (.ieq, .poi), Normaliz (.in), JSON (.json) and plain matrices (.csv, .mat), of which
// --convention says what the rows are. Theorems that are written out are compared with all of these. Then the
// reader of such files is to be trusted besides, package theorems/statement or one of format;
// what it takes for granted where dialects differ is said on standard error. With --from the file
// is in that format whatever its name is: a program in mps, lp, or fixed, which is MPS in fixed
// columns, where names may have blanks, or a polyhedron in one of those of verify dd. With --relax a program is read without its demands that
// variables be integers. Files may be gzip-compressed.
// A name that could be taken for something else is quoted. With --json one object is printed,
// see [jsonReport].
//
// Exit status: 0 if all files are valid, 1 if one is invalid, else 2 for bad usage or if a file
// cannot be read or the result not be printed, and 3 if steps by hand or claims of the theorem
// file of --against are in none of the theorems of a certificate, or checking takes more memory
// than --max-mem allows.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/internal/build"
)

// They are those of verify where the two mean the same, so that scripts need know one list.
const (
	exitValid   = 0
	exitInvalid = 1
	exitUnread  = 2 // also bad usage, and a result that cannot be printed
	exitOpen    = 3 // valid, but steps or claims of the file of --against are not settled
	exitLimit   = 3 // of memory
)

// softMemory is where the collector of garbage starts to work harder. Documents of package
// kernel, whose limits are on what is kept at a time, then stay below 512 MiB. Beyond it the
// program is slower, not wrong: it is no limit.
const softMemory = 400 << 20

func main() {
	// Set here and not in run, which tests call many times in one process.
	debug.SetMemoryLimit(softMemory)
	debug.SetGCPercent(200) // with less, collecting is much of the time, with more, taking new memory
	largePages(os.Args[1:])
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run says last whether the result could be printed: that a file is invalid is known even so.
// A reader of "valid" must be able to rely on what was printed: a disk that was full in between
// is a failure of the whole, but for a certificate that is invalid.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &outlet{w: stdout}
	status := check(args, stdin, out, stderr)
	if out.failed != nil {
		fmt.Fprintf(stderr, "certcheck: cannot write the result to standard output: %v\n", out.failed)
		if status != exitInvalid {
			status = exitUnread
		}
	}
	return status
}

// An outlet is an output that does not fail, and remembers that it has.
// So that a verdict is computed to its end whatever becomes of its printing.
type outlet struct {
	w      io.Writer
	failed error
}

func (o *outlet) Write(p []byte) (int, error) {
	if o.failed == nil {
		_, o.failed = o.w.Write(p)
	}
	return len(p), nil
}

func check(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("certcheck", flag.ContinueOnError)
	// The package's own message would come before ours, and without the usage below it.
	flags.SetOutput(io.Discard)
	statement := flags.Bool("statement", false, "print what is established, without the figures of the proof")
	var own source
	own.register(flags)
	object := flags.Bool("json", false, "print one JSON object")
	memory := flags.String("max-mem", "", "stop with status 3 beyond this `size`")
	version := flags.Bool("version", false, "print version, commit, Go version and format")
	switch err := flags.Parse(args); {
	// Help that was asked for is a result, and goes to standard output; usage after a mistake
	// does not.
	case errors.Is(err, flag.ErrHelp):
		usage(stdout)
		return exitValid
	case err != nil:
		fmt.Fprintf(stderr, "certcheck: %v\n", err)
		usage(stderr)
		return exitUnread
	// To be said beside a verdict: by which checker.
	case *version:
		fmt.Fprintf(stdout, "%s%s\n", build.About("certcheck"), kernel.Format)
		return exitValid
	// No file is not "all files valid": a script whose list of files is empty by mistake must
	// notice.
	case flags.NArg() == 0:
		fmt.Fprintln(stderr, "certcheck: no file given")
		usage(stderr)
		return exitUnread
	}
	if err := misuse(flags); err != nil {
		fmt.Fprintf(stderr, "certcheck: %v\n", err)
		return exitUnread
	}
	// What belongs to the run and not to one file.
	c := checker{statement: *statement, json: *object, left: flags.Args(), stdin: stdin, stdout: stdout, stderr: stderr}
	// At every end from here, as the object is what a program waits for; a command that is not
	// understood has none.
	defer c.printObject()
	if err := c.prepare(own, *memory); err != nil {
		c.say(err.Error())
		return exitUnread
	}
	// By exit status: what the worst file is decides, in the order below.
	seen := [4]bool{}
	for _, path := range flags.Args() {
		seen[c.one(path)] = true
	}
	switch {
	case seen[exitInvalid]: // that one is invalid is known, whatever else cannot be read
		return exitInvalid
	case seen[exitUnread]:
		return exitUnread
	case seen[exitOpen]:
		return exitOpen
	}
	return exitValid
}

// misuse finds what would change the meaning of a command without a word: a flag with an empty
// value, as from a variable of a shell that is not set, would compare nothing, and one behind a
// file would be a file itself.
func misuse(flags *flag.FlagSet) (err error) {
	flags.Visit(func(f *flag.Flag) {
		if f.Value.String() == "" {
			err = fmt.Errorf("--%s has an empty value", f.Name)
		}
	})
	for _, path := range flags.Args() {
		if path != "-" && strings.HasPrefix(path, "-") {
			return fmt.Errorf("%s stands behind a file: flags come before files, and a file of this name is ./%s", path, path)
		}
	}
	return err
}

func usage(w io.Writer) {
	fmt.Fprint(w, `usage: certcheck [--statement] [--json] [--against MODEL [--from FORMAT] [--convention C] [--relax]] [--max-mem SIZE] FILE... | --version

Checks certificates (plain or gzip; "-" is the standard input) and prints for each
"FILE: valid: ..." with what it establishes, or "FILE: INVALID at PLACE: REASON".

  --statement      print what is established, without the figures of the proof
  --against MODEL  compare the statement with your own file: a theorem file, a linear program
                   (.mps, .lp), or inequalities or generators (.ine, .ext, .ieq, .poi, .in, .json, .csv, .mat);
                   its reader is trusted then
  --from FORMAT    MODEL is in this format: mps, lp, or fixed (MPS in fixed columns), or of polyhedra
                   ine, porta, normaliz, matrix, csv
  --convention C   what the rows of a plain matrix are, as with verify dd: b+A, A<=b, A>=b, points, rays, 1x, flux
  --relax          read the linear program without its demands that variables be integers
  --json           print one JSON object with "verdict" and, for each file, "claims"
  --max-mem SIZE   stop with status 3 beyond this much memory, such as 300M
  --version        print version, commit, Go version and the format of certificates
  -h               print this

Exit status: 0 all valid, 1 some invalid, else 2 for bad usage, or if a file cannot be read or the result not be printed;
3 if a certificate leaves steps or claims of MODEL open, or beyond --max-mem.
`)
}

// checker checks files one after the other.
type checker struct {
	statement, json bool
	model           model // to compare with, or nil
	stdin           io.Reader
	stdout, stderr  io.Writer

	// What is known by now; files that are left are those behind the others.
	lock         sync.Mutex
	files        []certificate.File
	unread, left []string
	printed      bool
}

// prepare reads the model, if one is named, and sets the limit of memory.
// Before any certificate, so that a mistake in the call does not come after minutes of
// checking.
func (c *checker) prepare(s source, memory string) (err error) {
	// First, as reading the model may take memory, too.
	if memory != "" {
		if err := c.limitMemory(memory); err != nil {
			return err
		}
	}
	// Once for all certificates.
	if s.path != "" {
		c.model, err = s.read(c.say)
	}
	// A flag without effect would let its user believe that it had one.
	_, program := c.model.(*programModel)
	switch {
	case err != nil:
	case s.relax && !program:
		err = errors.New("--relax has no effect without the linear program of --against")
	case s.from != "" && s.path == "":
		err = errors.New("--from has no effect without --against")
	case s.convention != "" && s.path == "":
		err = errors.New("--convention has no effect without --against")
	}
	return err
}

// say prints a line on standard error, whatever is in it.
// A file name in it may hold line feeds, or signs that a terminal obeys.
func (c *checker) say(line string) {
	// Quoted as in Go, without the marks around it.
	if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) {
		line = strings.Trim(strconv.Quote(line), `"`)
	}
	fmt.Fprintf(c.stderr, "certcheck: %s\n", line)
}

// one checks one file, prints its verdict and returns its exit status.
// Checking and comparing are apart: a certificate may be valid and of another file.
func (c *checker) one(path string) int {
	report, err := open(path, c.stdin)
	var unread *fs.PathError
	if errors.As(err, &unread) {
		err = fmt.Errorf("cannot read %s: %w", certificate.FileName(path), unread.Err)
	}
	// What is compared is said after the verdict: only a valid certificate is of anything.
	compared := ""
	if err == nil && c.model != nil {
		compared, err = c.model.compare(report)
	}
	var invalid *certificate.Invalid
	var other *otherError
	// For who asked with --against, a certificate of another file is as bad as a wrong one.
	isInvalid := errors.As(err, &invalid) || errors.As(err, &other)
	isOpen := errors.Is(err, errOpen)
	// What could not be read has no verdict.
	if err != nil && !isInvalid && !isOpen {
		fmt.Fprintf(c.stderr, "certcheck: %v\n", err)
		c.done(path, nil)
		return exitUnread
	}
	switch {
	// One object at the end has all files; lines would be no JSON.
	case c.json:
		f := fileObject(path, report, compared, err)
		c.done(path, &f)
	case isInvalid:
		fmt.Fprintf(c.stdout, "%s: INVALID %v\n", certificate.FileName(path), err)
	default:
		c.printValid(path, report)
		io.WriteString(c.stdout, compared)
	}
	switch {
	case isInvalid:
		return exitInvalid
	case isOpen:
		return exitOpen
	}
	return exitValid
}

func (c *checker) printValid(path string, report *certificate.Report) {
	fmt.Fprintf(c.stdout, "%s: valid: %s\n", certificate.FileName(path), report.Summary())
	// Without the figures of the proof the output is the same for every proof of the same
	// statement, so that two of them can be compared by diff.
	if c.statement {
		io.WriteString(c.stdout, certificate.Shorten(report.StatementText()))
		return
	}
	report.WriteText(c.stdout) // which does not fail
}

// A name "-" is the standard input, as everywhere; a file of that name is ./-.
func open(path string, stdin io.Reader) (*certificate.Report, error) {
	if path == "-" {
		return certificate.Check(stdin)
	}
	return certificate.CheckFile(path)
}
