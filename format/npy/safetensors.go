package npy

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"pstar/format/jsontext"
)

// maxTensors is the longest header of a safetensors file that is read, in bytes. Models
// of thousands of tensors have headers of a megabyte.
const maxTensors = 1 << 24

// A tensor is an entry in the header of a safetensors file: the bytes of the array are
// those from Offsets[0] up to Offsets[1] behind the header.
//
// Offsets must agree with type and shape, so that a header cannot make the reader take
// other bytes than it says.
type tensor struct {
	Type    string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

// OpenSafetensors reads one tensor of a file in the format of safetensors: the one of that
// name or, if the name is empty, the only one. Errors begin with the name of the file.
// It reads forwards only: what stands before the tensor is passed over.
func OpenSafetensors(name string, r io.Reader, array string) (*Reader, error) {
	n := &Reader{Name: name, r: bufio.NewReaderSize(r, 1<<12), order: binary.LittleEndian, more: true}
	if err := n.tensor(array); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

// tensor reads the header and goes to the tensor.
func (n *Reader) tensor(array string) error {
	var length [8]byte
	if _, err := io.ReadFull(n.r, length[:]); err != nil {
		return errors.New("not a safetensors file: it has no header")
	}
	// A length that is absurd is a sign of another kind of file.
	size := binary.LittleEndian.Uint64(length[:])
	if size > maxTensors {
		return fmt.Errorf("not a safetensors file: a header of %d bytes, want at most %d", size, maxTensors)
	}
	// 16 MiB at most, and the file is at hand: it may be made at once.
	text := make([]byte, size)
	if _, err := io.ReadFull(n.r, text); err != nil {
		return errors.New("the header is cut off")
	}
	// Members stay unparsed but for the one that is wanted.
	var header map[string]json.RawMessage
	err := jsontext.Unmarshal(text, &header)
	// Of two tensors of one name only one could be read.
	if twice := new(jsontext.TwiceError); errors.As(err, &twice) {
		return fmt.Errorf("in the header %w", err)
	}
	if err != nil {
		return fmt.Errorf("not a safetensors file: its header is no JSON object: %w", err)
	}
	var names []string
	for name := range header {
		// It is about the file, and no tensor.
		if name != "__metadata__" {
			names = append(names, name)
		}
	}
	array, err = choose(names, array)
	if err != nil {
		return err
	}
	// Messages name the array too.
	n.Name += ":" + array
	return n.open(array, header[array], int64(len(length))+int64(size))
}

// open goes to the first byte of a tensor, behind so many bytes of the header.
func (n *Reader) open(array string, entry json.RawMessage, behind int64) error {
	var t tensor
	if err := json.Unmarshal(entry, &t); err != nil {
		return fmt.Errorf("tensor %q: %w", array, err)
	}
	types := map[string]number{"F16": float16, "BF16": bfloat16, "F32": float32s, "F64": float64s}
	// Integers are not read, as no distribution has them; nor are numbers of 8 bits.
	var known bool
	if n.number, known = types[t.Type]; !known {
		return fmt.Errorf("tensor %q: numbers of type %q, want F16, BF16, F32 or F64", array, t.Type)
	}
	if err := n.setShape(t.Shape); err != nil {
		return fmt.Errorf("tensor %q: %w", array, err)
	}
	// Offsets are those from behind the header.
	if bytes := int64(n.Rows) * int64(n.Columns) * int64(n.number.size); t.Offsets[0] < 0 || t.Offsets[1]-t.Offsets[0] != bytes {
		return fmt.Errorf("tensor %q: bytes %d to %d, want %d bytes for the shape %v", array, t.Offsets[0], t.Offsets[1], bytes, t.Shape)
	}
	// Bytes before it belong to other tensors.
	if _, err := io.CopyN(io.Discard, n.r, t.Offsets[0]); err != nil {
		return fmt.Errorf("tensor %q: the file is cut off", array)
	}
	// Numbers stand there as they are, so that rows can be looked up.
	n.start = behind + t.Offsets[0]
	return nil
}
