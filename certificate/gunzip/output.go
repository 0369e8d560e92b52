package gunzip

import "hash/crc32"

const (
	maxCopy     = 258
	maxDistance = 1 << 15
	firstPart   = 1 << 16 // most documents are small
	part        = 1 << 20
)

// output is what was expanded. Full parts stay where they are, so that nothing but what copies can refer to moves
// before the end.
type output struct {
	limit int64
	parts [][]byte
	// What was written last: what parts end with, to from, and what is in none of them, to at.
	window   []byte
	from, at int
	done     int64  // bytes of parts
	sum      uint32 // of parts
}

// room sees that there is some for n bytes, at most maxCopy.
func (o *output) room(n int) {
	if len(o.window)-o.at < n {
		o.move()
	}
}

// move begins a new part.
func (o *output) move() {
	if o.window == nil {
		o.window = make([]byte, firstPart)
		return
	}
	o.finish()
	next := make([]byte, part)
	o.from = copy(next, o.window[o.at-maxDistance:o.at])
	o.window, o.at = next, o.from
}

// finish ends a part. After the last one the parts are the output, done its length, and sum its checksum.
func (o *output) finish() {
	ended := o.window[o.from:o.at]
	if o.done += int64(len(ended)); o.done > o.limit {
		fail(ErrTooLong)
	}
	o.sum = crc32.Update(o.sum, crc32.IEEETable, ended)
	o.parts = append(o.parts, ended)
}

// put writes a byte, for which there is room.
func (o *output) put(c byte) {
	o.window[o.at] = c
	o.at++
}

// write writes the first of the bytes, and says how many.
func (o *output) write(p []byte) int {
	o.room(1)
	n := copy(o.window[o.at:], p)
	o.at += n
	return n
}

// again writes what begins that far back, and says whether anything does. A copy may be part of what it repeats.
func (o *output) again(distance, length int) bool {
	if distance > o.at {
		return false
	}
	begin, end := o.at-distance, o.at+length
	for o.at < end {
		o.at += copy(o.window[o.at:end], o.window[begin:o.at])
	}
	return true
}
