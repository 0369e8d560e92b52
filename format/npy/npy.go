// Package npy reads arrays of floating-point numbers in the formats of NumPy (.npy, .npz) and
// of safetensors, row by row, and turns the numbers into integers over one power of two:
// exactly. A row is the last dimension of an array.
package npy

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// The beginning of .npy files, and a limit. Headers of NumPy have some hundred bytes.
const (
	magic     = "\x93NUMPY"
	maxHeader = 1 << 16
)

// NewReader reads the header of an array in the format of NumPy. Errors begin with the
// name. The rows are read by Next. It reads ahead of what it returns, so that r is not
// to be read by others.
func NewReader(name string, r io.Reader) (*Reader, error) {
	// Room for a header: rows are read in large pieces, past the buffer.
	n := &Reader{Name: name, r: bufio.NewReaderSize(r, 1<<12)}
	if err := n.header(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

// header reads the beginning up to the first number.
func (n *Reader) header() error {
	var start [8]byte
	// Eight bytes: the magic, and two of version.
	if _, err := io.ReadFull(n.r, start[:]); err != nil || string(start[:6]) != magic {
		return errors.New("not an .npy file: it does not begin with the bytes \\x93NUMPY and a version")
	}
	var length uint32
	var err error
	// Version 1 has two bytes for the length of the header, versions 2 and 3 have four.
	switch start[6] {
	case 1:
		var short uint16
		err = binary.Read(n.r, binary.LittleEndian, &short)
		length = uint32(short)
	case 2, 3:
		err = binary.Read(n.r, binary.LittleEndian, &length)
	default:
		// Another version may mean other things by the same bytes.
		return fmt.Errorf(".npy version %d, want 1, 2 or 3", start[6])
	}
	if err != nil {
		return errors.New("the header is cut off")
	}
	// Before any room is made for it.
	if length > maxHeader {
		return fmt.Errorf("a header of %d bytes, want at most %d", length, maxHeader)
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(n.r, text); err != nil {
		return errors.New("the header is cut off")
	}
	// Where the first number stands, for files in which one can go back.
	// length is 4 bytes long here; version 1 has 2, and is put right below.
	n.start = int64(len(start)+binary.Size(length)) + int64(length)
	if start[6] == 1 {
		n.start = int64(len(start)+binary.Size(uint16(0))) + int64(length)
	}
	return n.parse(string(text))
}

// headerForm is the one form in which the header is written: a dictionary with
// its three keys in order, and spaces and a line feed behind.
//
// Python's literals have other spellings, which NumPy does not write: a file with one
// is refused rather than half understood.
var headerForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\{'descr': *'([^']*)', *'fortran_order': *(True|False), *'shape': *\(([0-9, ]*)\),? *\} *\n?$`)
})

// parse takes type, order of bytes and shape from the header.
func (n *Reader) parse(header string) error {
	m := headerForm().FindStringSubmatch(header)
	if m == nil {
		return fmt.Errorf("cannot read the header %q, want a dictionary with 'descr', 'fortran_order' and 'shape'", clipped(header))
	}
	kind := m[1]
	// By size; the order of bytes is in front.
	switch strings.TrimLeft(kind, "<>") {
	case "f2":
		n.number = float16
	case "f4":
		n.number = float32s
	case "f8":
		n.number = float64s
	}
	// Integers, complex numbers, records and numbers of the machine's own order are not
	// read.
	if n.number.size == 0 || len(kind) != 3 {
		return fmt.Errorf("numbers of type %q, want <f2, <f4, <f8, >f2, >f4 or >f8 (float16, float32 or float64)", kind)
	}
	// A leading < is little-endian.
	if n.order = binary.LittleEndian; kind[0] == '>' {
		n.order = binary.BigEndian
	}
	var shape []int
	// A shape of one dimension is written with a comma behind.
	for _, field := range strings.Split(strings.TrimSuffix(strings.ReplaceAll(m[3], " ", ""), ","), ",") {
		// A shape () has one field without digits, and so is an error too.
		size, err := strconv.Atoi(field)
		if err != nil {
			return fmt.Errorf("shape (%s), want one to three dimensions", m[3])
		}
		shape = append(shape, size)
	}
	// With one dimension the order makes no difference.
	if len(shape) > 1 && m[2] == "True" {
		return errors.New("columns stored one after another (fortran_order), want rows: save numpy.ascontiguousarray of it")
	}
	return n.setShape(shape)
}

// clipped keeps messages short.
func clipped(s string) string {
	if len(s) > 100 {
		// A header is 64 KiB at most, which is no message.
		return s[:100] + "..."
	}
	return s
}
