package gunzip

import (
	"bufio"
	"encoding/binary"
	"io"
)

// A stream hands out the bits of a file, from the lowest of each byte on.
type stream struct {
	r     *bufio.Reader
	view  []byte // what r has read
	next  int    // in view
	gone  int64  // bytes before view
	held  uint64 // what was taken from view: n bits, and zeros above
	n     uint
	ended bool
}

// need holds at least 32 bits if there are as many.
func (s *stream) need() {
	if s.n >= 32 {
		return
	}
	if len(s.view)-s.next < 4 {
		s.needBytes()
		return
	}
	s.held |= uint64(binary.LittleEndian.Uint32(s.view[s.next:])) << (s.n & 63)
	s.next += 4
	s.n += 32
}

// needBytes is need where a view ends.
func (s *stream) needBytes() {
	for s.n < 32 && (s.next < len(s.view) || s.read()) {
		s.held |= uint64(s.view[s.next]) << s.n
		s.next++
		s.n += 8
	}
}

// read takes the next view, and says whether there is one.
func (s *stream) read() bool {
	if s.ended {
		return false
	}
	s.r.Discard(len(s.view)) // it has as many
	s.gone += int64(len(s.view))
	_, err := s.r.Peek(1)
	if err != nil && err != io.EOF {
		fail(err)
	}
	s.ended = err == io.EOF
	s.view, _ = s.r.Peek(s.r.Buffered())
	s.next = 0
	return !s.ended
}

// take takes k bits, at most 32, as a number of which they are the lowest first.
func (s *stream) take(k uint) uint32 {
	s.need()
	v := uint32(s.held & (1<<k - 1))
	s.drop(k)
	return v
}

// drop goes on by k bits, of those that are held.
func (s *stream) drop(k uint) {
	if k > s.n {
		fail(io.ErrUnexpectedEOF)
	}
	s.held >>= k & 63
	s.n -= k
}

// align goes on to the next byte.
func (s *stream) align() { s.drop(s.n % 8) }

// more says whether there is anything further. Bits are aligned.
func (s *stream) more() bool {
	s.need()
	return s.n > 0
}

// offset is how many bytes were taken.
func (s *stream) offset() int64 { return s.gone + int64(s.next) - int64(s.n/8) }
