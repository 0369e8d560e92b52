package npy

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// Limits of arrays. The first two bound what one row and the count of rows can ask for;
// a million of million tokens is far below.
const (
	maxRow    = 1 << 24 // numbers in a row
	maxRows   = 1 << 30
	piece     = 1 << 12 // numbers decoded at a time
	firstRoom = 1 << 18 // numbers that room is made for before they are read
)

// Reader reads an array row by row: one row if the array has one dimension. Memory grows
// with what has been read of a row, not with what the header says.
type Reader struct {
	Name          string // for messages
	Shape         []int  // one to three dimensions
	Rows, Columns int    // Columns is the last dimension, Rows the product of the others
	Row           int    // rows read

	r      *bufio.Reader
	start  int64 // of the numbers in a file of one array, 0 if they are not there as they are
	more   bool  // other arrays may follow in the file
	behind int64 // bytes of other arrays that have to follow, if nobody has counted those of the file
	number number
	order  binary.ByteOrder
	chunk  []byte    // of a piece, as it was read
	floats []float64 // the numbers of a piece
}

// setShape takes one to three dimensions. The last dimension is that of a row, so that
// a shape (K, n) is K rows and (steps, K, n) are steps·K.
func (n *Reader) setShape(shape []int) error {
	if len(shape) < 1 || len(shape) > 3 {
		return fmt.Errorf("%d dimensions, want one to three", len(shape))
	}
	last := len(shape) - 1
	n.Shape, n.Rows, n.Columns = shape, 1, shape[last]
	// A row must have a number.
	if n.Columns < 1 || n.Columns > maxRow {
		return fmt.Errorf("%d numbers in a row, want 1..%d", n.Columns, maxRow)
	}
	// The product of the others may not overflow; an array without rows is one.
	for _, size := range shape[:last] {
		// Divided, as the product might overflow.
		if size < 0 || size > 0 && n.Rows > maxRows/size {
			return fmt.Errorf("shape %v, want at most %d rows", shape, maxRows)
		}
		n.Rows *= size
	}
	return nil
}

// Next reads one row; io.EOF after the last. What follows the last row in an .npy file is
// an error, as is a row that is cut off. Of an archive the sum of the array is checked
// after its last row only: until io.EOF has come, rows may be those of a damaged file.
//
// The slice is new for each row.
func (n *Reader) Next() ([]float64, error) {
	list := make([]float64, 0, n.room())
	if err := n.pieces(func(floats []float64) { list = append(list, floats...) }); err != nil {
		return nil, err
	}
	return list, nil
}

// room is how many numbers of a row room is made for: what is likely, not what is promised.
func (n *Reader) room() int { return min(n.Columns, firstRoom) }

// pieces reads one row as [Reader.Next] does, and calls take with its numbers, some at a time, in a
// slice that is used again: a header may promise more than there is, and what is used again stays
// in the nearest memory.
func (n *Reader) pieces(take func(floats []float64)) error {
	if n.Row == n.Rows {
		return n.end()
	}
	// The row counts even if it is cut off: there is no second try.
	n.Row++
	size := n.number.size
	if n.chunk == nil {
		// A whole number of numbers, so that none is split between two pieces.
		n.chunk, n.floats = make([]byte, piece*size), make([]float64, 0, piece)
	}
	read := 0
	for left := n.Columns; left > 0; left = n.Columns - read {
		// At the end of a row the piece is as short as what is left.
		got, err := io.ReadFull(n.r, n.chunk[:min(left, piece)*size])
		n.floats = n.number.decode(n.floats[:0], n.chunk[:got/size*size], n.order)
		read += len(n.floats)
		// What was cut off within a number is no number.
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return fmt.Errorf("%s: cut off in row %d of %d after %d numbers of %d", n.Name, n.Row, n.Rows, read, n.Columns)
		}
		if err != nil {
			return fmt.Errorf("%s: row %d of %d: %w", n.Name, n.Row, n.Rows, err)
		}
		take(n.floats)
	}
	return nil
}

// end is what comes behind the last row: io.EOF, or another error.
func (n *Reader) end() error {
	if _, err := io.CopyN(io.Discard, n.r, n.behind); err != nil {
		return fmt.Errorf("%s: the file is cut off behind this tensor", n.Name)
	}
	n.behind = 0
	// There should be nothing more, but that in a safetensors file other tensors follow.
	switch _, err := n.r.ReadByte(); {
	case n.more || err == io.EOF:
		return io.EOF
	case err == nil:
		return fmt.Errorf("%s: bytes after the %d x %d numbers that the header promises", n.Name, n.Rows, n.Columns)
	default:
		// An archive tells at the end of a member that its sum is wrong: the numbers
		// are not those that were written.
		return fmt.Errorf("%s: %w", n.Name, err)
	}
}

// Seek goes on behind the first rows, from anywhere in the file, which is what the reader
// reads; the rows must not have been read if the file has no places to go to.
func (n *Reader) Seek(file io.ReadSeeker, rows int) error {
	// A reader without places can only go forwards.
	if rows < n.Row && n.start == 0 || rows < 0 || rows > n.Rows {
		panic("npy: no such row")
	}
	if n.start > 0 {
		// Places are those of the file; what the reader had read ahead is thrown away.
		if _, err := file.Seek(n.start+int64(rows)*n.rowBytes(), io.SeekStart); err != nil {
			return fmt.Errorf("%s: %w", n.Name, err)
		}
		n.r.Reset(file)
		n.Row = rows
	}
	// The bytes are passed over one row after the other.
	for ; n.Row < rows; n.Row++ {
		if _, err := n.r.Discard(int(n.rowBytes())); err != nil {
			return fmt.Errorf("%s: cut off in row %d of %d", n.Name, n.Row+1, n.Rows)
		}
	}
	return nil
}

// Within returns how many rows a file of that many bytes has, of those that the header
// promises; one that is cut off is the last. A file may be cut off: what is missing is
// then told when the row is read.
func (n *Reader) Within(bytes int64) int {
	// Of a file whose numbers have a known place.
	whole := max(bytes-n.start, 0) / n.rowBytes()
	// Without a place nothing is known, and the header is believed.
	if n.start == 0 || whole >= int64(n.Rows) {
		return n.Rows
	}
	return int(whole) + 1
}

// rowBytes is the length of a row in the file.
func (n *Reader) rowBytes() int64 { return int64(n.Columns) * int64(n.number.size) }

// A number is a type of floating-point numbers: its size in bytes, and what bits mean.
// Values of 16 and 32 bits are exact as float64.
type number struct {
	size  int
	value func(word uint64) float64
}

var (
	float16  = number{2, half}
	bfloat16 = number{2, func(word uint64) float64 { return float64(math.Float32frombits(uint32(word) << 16)) }}
	float32s = number{4, func(word uint64) float64 { return float64(math.Float32frombits(uint32(word))) }}
	float64s = number{8, math.Float64frombits}
)

// decode appends the numbers of whole bytes.
func (t number) decode(list []float64, data []byte, order binary.ByteOrder) []float64 {
	// The size decides how many bits there are; the type what they mean. Arrays mostly have the least
	// byte first, which is read without a call for each number.
	switch little := order == binary.ByteOrder(binary.LittleEndian); {
	case t.size == 4 && little:
		for ; len(data) >= 4; data = data[4:] {
			list = append(list, float64(math.Float32frombits(binary.LittleEndian.Uint32(data))))
		}
	case t.size == 8 && little:
		for ; len(data) >= 8; data = data[8:] {
			list = append(list, math.Float64frombits(binary.LittleEndian.Uint64(data)))
		}
	}
	for ; len(data) > 0; data = data[t.size:] {
		var word uint64
		switch t.size {
		case 2:
			word = uint64(order.Uint16(data))
		case 4:
			word = uint64(order.Uint32(data))
		default:
			word = order.Uint64(data)
		}
		list = append(list, t.value(word))
	}
	return list
}

// half is the value of a number of 16 bits: a sign, 5 bits of exponent, 10 of fraction.
// Its largest exponent is for infinity and for what is no number.
func half(word uint64) float64 {
	// The hidden bit is added to the fraction.
	sign, exponent, fraction := word>>15, int(word>>10&31), word&1023
	value := math.Ldexp(float64(fraction|1024), exponent-25)
	switch {
	case exponent == 0: // no hidden bit
		value = math.Ldexp(float64(fraction), -24)
	case exponent == 31 && fraction == 0:
		value = math.Inf(1)
	case exponent == 31:
		return math.NaN()
	}
	// -0 stays what it is, and counts as 0.
	if sign == 1 {
		return -value
	}
	return value
}
