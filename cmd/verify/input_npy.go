package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"math/bits"
	"regexp"
	"strconv"
	"strings"

	"pstar/rational"
)

// Limits of .npy files.
const (
	npyMagic     = "\x93NUMPY"
	maxNPYHeader = 1 << 16
	maxNPYRow    = 1 << 24 // numbers in a row
)

// npyReader reads an array of float32 or float64 in the format of NumPy, row by
// row: one row if the array has one dimension. The values are exact.
type npyReader struct {
	name       string
	r          *bufio.Reader
	size       int // bytes of a number
	order      binary.ByteOrder
	rows, cols int
	row        int // rows read
}

// newNPYReader reads the header.
func newNPYReader(name string, r io.Reader) (*npyReader, error) {
	n := &npyReader{name: name, r: bufio.NewReaderSize(r, 1<<16)}
	if err := n.header(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

func (n *npyReader) header() error {
	var start [8]byte
	if _, err := io.ReadFull(n.r, start[:]); err != nil || string(start[:6]) != npyMagic {
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
	if length > maxNPYHeader {
		return fmt.Errorf("a header of %d bytes, want at most %d", length, maxNPYHeader)
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(n.r, text); err != nil {
		return errors.New("the header is cut off")
	}
	return n.parse(string(text))
}

// npyHeader is the one form in which the header is written: a dictionary with
// its three keys in order, and spaces and a line feed behind.
var npyHeader = regexp.MustCompile(`^\{'descr': *'([^']*)', *'fortran_order': *(True|False), *'shape': *\(([0-9, ]*)\),? *\} *\n?$`)

func (n *npyReader) parse(header string) error {
	m := npyHeader.FindStringSubmatch(header)
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
		n.rows, n.cols = 1, shape[0]
	case 2:
		n.rows, n.cols = shape[0], shape[1]
		if m[2] == "True" {
			return errors.New("columns stored one after another (fortran_order), want rows: save numpy.ascontiguousarray of it")
		}
	default:
		return fmt.Errorf("%d dimensions, want one or two", len(shape))
	}
	if n.cols == 0 || n.cols > maxNPYRow {
		return fmt.Errorf("%d numbers in a row, want 1..%d", n.cols, maxNPYRow)
	}
	return nil
}

func clipped(s string) string {
	if len(s) > 100 {
		return s[:100] + "..."
	}
	return s
}

// next reads one row; io.EOF after the last. What follows the last row is an
// error, as is a row that is cut off. A value that is no probability gives a
// *rowError, and the rows after it can still be read.
func (n *npyReader) next() (vector, error) {
	if n.row == n.rows {
		if _, err := n.r.ReadByte(); err == nil {
			return vector{}, fmt.Errorf("%s: bytes after the %d x %d numbers that the header promises", n.name, n.rows, n.cols)
		}
		return vector{}, io.EOF
	}
	n.row++
	var floats []float64
	var word [8]byte
	for range n.cols {
		if _, err := io.ReadFull(n.r, word[:n.size]); err != nil {
			return vector{}, fmt.Errorf("%s: cut off in row %d of %d after %d numbers of %d", n.name, n.row, n.rows, len(floats), n.cols)
		}
		if n.size == 4 {
			floats = append(floats, float64(math.Float32frombits(n.order.Uint32(word[:]))))
		} else {
			floats = append(floats, math.Float64frombits(n.order.Uint64(word[:])))
		}
	}
	v, err := dyadicVector(floats)
	if err != nil {
		return vector{}, &rowError{fmt.Errorf("%s: row %d: %w", n.name, n.row, err)}
	}
	return v, nil
}

// rowError is a bad row in a file whose other rows can be read.
type rowError struct{ error }

func (e *rowError) Unwrap() error { return e.error }

// readNPY reads all rows of a file.
func readNPY(c *call, path string) ([]vector, error) {
	file, err := c.openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	n, err := newNPYReader(path, file)
	if err != nil {
		return nil, file.explain(err)
	}
	var rows []vector
	for {
		v, err := n.next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, file.explain(err)
		}
		rows = append(rows, v)
	}
}

// dyadicVector turns floats into integers over a power of two: exact, and
// without a single greatest common divisor.
func dyadicVector(floats []float64) (vector, error) {
	least := 0
	for i, f := range floats {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return vector{}, fmt.Errorf("number %d is %v, want a probability", i+1, f)
		}
		if f < 0 {
			return vector{}, fmt.Errorf("number %d is %v, want no negative probability", i+1, f)
		}
		if f > 0 {
			_, exponent := splitFloat(f)
			least = min(least, exponent)
		}
	}
	v := vector{weights: make([]rational.Int, len(floats)), unit: shifted(1, -least)}
	for i, f := range floats {
		if f > 0 {
			mantissa, exponent := splitFloat(f)
			v.weights[i] = shifted(mantissa, exponent-least)
		}
	}
	return v, nil
}

// splitFloat writes a positive finite number as an odd integer times a power of
// two.
func splitFloat(f float64) (mantissa int64, exponent int) {
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
	if by+bits.Len64(uint64(m)) < 63 {
		return rational.NewInt(m << by)
	}
	return rational.IntFromBig(new(big.Int).Lsh(big.NewInt(m), uint(by)))
}
