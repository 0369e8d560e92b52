// Package npy reads arrays of float32 or float64 in the format of NumPy, row by row, and
// turns floating-point numbers into integers over one power of two: exactly.
package npy

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"regexp"
	"strconv"
	"strings"

	"pstar/rational"
)

// Limits of .npy files.
const (
	magic     = "\x93NUMPY"
	maxHeader = 1 << 16
	maxRow    = 1 << 24 // numbers in a row
)

// Reader reads an array in the format of NumPy, row by row: one row if the array has one
// dimension. Memory grows with what has been read of a row, not with what the header says.
type Reader struct {
	Name          string // for messages
	Rows, Columns int
	Row           int // rows read

	r     *bufio.Reader
	size  int // bytes of a number
	order binary.ByteOrder
}

// NewReader reads the header. Errors begin with the name.
func NewReader(name string, r io.Reader) (*Reader, error) {
	n := &Reader{Name: name, r: bufio.NewReaderSize(r, 1<<16)}
	if err := n.header(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

func (n *Reader) header() error {
	var start [8]byte
	if _, err := io.ReadFull(n.r, start[:]); err != nil || string(start[:6]) != magic {
		return errors.New("not an .npy file: it does not begin with the bytes \\x93NUMPY and a version")
	}
	var length uint32
	var err error
	switch start[6] {
	case 1:
		var short uint16
		err = binary.Read(n.r, binary.LittleEndian, &short)
		length = uint32(short)
	case 2, 3:
		err = binary.Read(n.r, binary.LittleEndian, &length)
	default:
		return fmt.Errorf(".npy version %d, want 1, 2 or 3", start[6])
	}
	if err != nil {
		return errors.New("the header is cut off")
	}
	if length > maxHeader {
		return fmt.Errorf("a header of %d bytes, want at most %d", length, maxHeader)
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(n.r, text); err != nil {
		return errors.New("the header is cut off")
	}
	return n.parse(string(text))
}

// headerForm is the one form in which the header is written: a dictionary with
// its three keys in order, and spaces and a line feed behind.
var headerForm = regexp.MustCompile(`^\{'descr': *'([^']*)', *'fortran_order': *(True|False), *'shape': *\(([0-9, ]*)\),? *\} *\n?$`)

func (n *Reader) parse(header string) error {
	m := headerForm.FindStringSubmatch(header)
	if m == nil {
		return fmt.Errorf("cannot read the header %q, want a dictionary with 'descr', 'fortran_order' and 'shape'", clipped(header))
	}
	kind := m[1]
	switch strings.TrimLeft(kind, "<>") {
	case "f4":
		n.size = 4
	case "f8":
		n.size = 8
	}
	if n.size == 0 || len(kind) != 3 {
		return fmt.Errorf("numbers of type %q, want <f4, <f8, >f4 or >f8 (float32 or float64)", kind)
	}
	if n.order = binary.LittleEndian; kind[0] == '>' {
		n.order = binary.BigEndian
	}
	var shape []int
	for _, field := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(m[3], " ", ""), ","), ",") {
		size, err := strconv.Atoi(field)
		if err != nil {
			return fmt.Errorf("shape (%s), want one or two dimensions", m[3])
		}
		shape = append(shape, size)
	}
	switch len(shape) {
	case 1:
		n.Rows, n.Columns = 1, shape[0]
	case 2:
		n.Rows, n.Columns = shape[0], shape[1]
		if m[2] == "True" {
			return errors.New("columns stored one after another (fortran_order), want rows: save numpy.ascontiguousarray of it")
		}
	default:
		return fmt.Errorf("%d dimensions, want one or two", len(shape))
	}
	if n.Columns == 0 || n.Columns > maxRow {
		return fmt.Errorf("%d numbers in a row, want 1..%d", n.Columns, maxRow)
	}
	return nil
}

func clipped(s string) string {
	if len(s) > 100 {
		return s[:100] + "..."
	}
	return s
}

// Next reads one row; io.EOF after the last. What follows the last row is an error, as is
// a row that is cut off.
func (n *Reader) Next() ([]float64, error) {
	if n.Row == n.Rows {
		if _, err := n.r.ReadByte(); err == nil {
			return nil, fmt.Errorf("%s: bytes after the %d x %d numbers that the header promises", n.Name, n.Rows, n.Columns)
		}
		return nil, io.EOF
	}
	n.Row++
	var floats []float64
	var word [8]byte
	for range n.Columns {
		if _, err := io.ReadFull(n.r, word[:n.size]); err != nil {
			return nil, fmt.Errorf("%s: cut off in row %d of %d after %d numbers of %d", n.Name, n.Row, n.Rows, len(floats), n.Columns)
		}
		if n.size == 4 {
			floats = append(floats, float64(math.Float32frombits(n.order.Uint32(word[:]))))
		} else {
			floats = append(floats, math.Float64frombits(n.order.Uint64(word[:])))
		}
	}
	return floats, nil
}

// Exact writes finite numbers as integers over one unit, a power of two, without a single
// greatest common divisor. It panics if a number is infinite or none.
func Exact(floats []float64) (numerators []rational.Int, unit rational.Int) {
	least := 0
	for _, f := range floats {
		if f != 0 {
			_, exponent := split(f)
			least = min(least, exponent)
		}
	}
	numerators = make([]rational.Int, len(floats))
	for i, f := range floats {
		if f != 0 {
			mantissa, exponent := split(f)
			numerators[i] = shifted(mantissa, exponent-least)
		}
	}
	return numerators, shifted(1, -least)
}

// split writes a finite number other than zero as an odd integer times a power of two.
func split(f float64) (mantissa int64, exponent int) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		panic(fmt.Sprintf("npy: %v has no exact value", f))
	}
	if f < 0 {
		mantissa, exponent = split(-f)
		return -mantissa, exponent
	}
	word := math.Float64bits(f)
	mantissa, exponent = int64(word&(1<<52-1)), int(word>>52)
	if exponent == 0 {
		exponent = 1 // subnormal: no hidden bit
	} else {
		mantissa |= 1 << 52
	}
	twos := bits.TrailingZeros64(uint64(mantissa))
	return mantissa >> twos, exponent - 1075 + twos
}

// shifted is m 2^by.
func shifted(m int64, by int) rational.Int {
	if by < 8 {
		return rational.NewInt(m << by) // |m| < 2^53
	}
	return rational.NewInt(m).Mul(rational.PowerOfTwo(by))
}
