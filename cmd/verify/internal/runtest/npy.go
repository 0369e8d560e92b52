package runtest

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
)

// NPY writes an array as NumPy does.
func NPY(kind, fortran string, shape []int, values ...float64) string {
	dims := ""
	for _, size := range shape {
		dims += fmt.Sprintf("%d, ", size)
	}
	if len(shape) > 1 {
		dims = strings.TrimSuffix(dims, ", ")
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }", kind, fortran, strings.TrimSuffix(dims, " "))
	header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
	data := []byte("\x93NUMPY" + "\x01\x00")
	data = binary.LittleEndian.AppendUint16(data, uint16(len(header)))
	data = append(data, header...)
	var order binary.AppendByteOrder = binary.LittleEndian
	if kind[0] == '>' {
		order = binary.BigEndian
	}
	for _, v := range values {
		if strings.HasSuffix(kind, "4") {
			data = order.AppendUint32(data, math.Float32bits(float32(v)))
		} else {
			data = order.AppendUint64(data, math.Float64bits(v))
		}
	}
	return string(data)
}

// NPYFile is the path of a file with an array.
func NPYFile(t *testing.T, kind string, shape []int, values ...float64) string {
	t.Helper()
	return File(t, "array.npy", NPY(kind, "False", shape, values...))
}
