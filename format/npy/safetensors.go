package npy

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

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
//
// A file that is shorter than its header says is an error, whichever tensor is cut off: size is its length, or -1 if that is
// not known, and then what stands behind the tensor is read before [Reader.Next] returns io.EOF.
func OpenSafetensors(name string, r io.Reader, size int64, array string) (*Reader, error) {
	n := &Reader{Name: name, r: bufio.NewReaderSize(r, 1<<12), order: binary.LittleEndian, more: true}
	if err := n.tensor(array, size); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
}

// tensor reads the header and goes to the tensor.
func (n *Reader) tensor(array string, bytes int64) error {
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
	behind := int64(len(length)) + int64(size)
	end, err := lastByte(header, names)
	if err != nil {
		return err
	}
	// What was cut off was copied badly, whichever tensor is missing.
	if bytes >= 0 && end > bytes-behind {
		return fmt.Errorf("the file is cut off: %d bytes behind the header, want %d", bytes-behind, end)
	}
	array, err = choose(names, array)
	if err != nil {
		return err
	}
	// Messages name the array too.
	n.Name += ":" + array
	if err := n.open(array, header[array], behind); err != nil {
		return err
	}
	if bytes < 0 {
		n.behind = end - (n.start - behind) - int64(n.Rows)*n.rowBytes()
	}
	return nil
}

// lastByte is where the last of the tensors ends, counted from behind the header.
func lastByte(header map[string]json.RawMessage, names []string) (end int64, err error) {
	// In one order, for the error.
	slices.Sort(names)
	for _, name := range names {
		var t struct {
			Offsets [2]int64 `json:"data_offsets"`
		}
		if err := json.Unmarshal(header[name], &t); err != nil {
			return 0, fmt.Errorf("tensor %q: %w", name, err)
		}
		end = max(end, t.Offsets[1])
	}
	return end, nil
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
