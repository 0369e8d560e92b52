package ine

import (
	"bytes"
	"testing"

	"pstar/cone"
)

// FuzzReadFile feeds bytes to the reader. What it accepts is written and read
// again as the same system.
func FuzzReadFile(f *testing.F) {
	f.Add([]byte("t\nH-representation\nlinearity 1 2\nbegin\n2 3 rational\n1/2 0 -3\n 0 1 1\nend\nlexmin\n"))
	f.Add([]byte("V-representation\nbegin\n***** 2 real\n1 .5e1\n0 -0x1p-1\nend\nxyzzy\n"))
	f.Add([]byte("nonnegative\nbegin\n1 4 integer\n1 -1 -1 -1\nend\nequality 1 1"))
	f.Add([]byte("hull\nbegin\n0 1 integer\nend"))
	for _, text := range []string{
		"H-representation begin 1 2 integer 5/2 +01 end linearity 1\n1",
		"\uFEFFhull of points\r\nlinearity 2 1\r\n2\r\nbegin\r\n2 2 rational\r\n010/04 -00/1 0 1\r\nend\r\n",
		"linearity is nice\nV-representation\nbegin\n1 2 integer\n2 3\nend\nhull\nnonnegative\n",
		"random polytope\nH-representation\nnonnegative\npartial_enum 1 1\nbegin\n*****\n3 real 1 0x.8p1 1e1 end\nmaximize 0 1",
		"* c\nv-representation\nbegin # c\n* c\n0 1 integer end end\n\u00a0\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(bytes.NewReader(data), "f")
		if err != nil {
			if file != nil {
				t.Fatal("a file and an error")
			}
			return
		}
		if file.Representation == cone.HRepresentation {
			err = file.H().Validate()
		} else {
			err = file.V().Validate()
		}
		if err != nil {
			t.Fatal(err)
		}
		var first, second bytes.Buffer
		if err := file.Write(&first); err != nil {
			t.Fatal(err)
		}
		again, err := Read(bytes.NewReader(first.Bytes()), "f")
		if err != nil {
			t.Fatalf("%v in\n%s", err, first.Bytes())
		}
		if err := again.Write(&second); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Fatalf("written twice, differently:\n%s\n%s", first.Bytes(), second.Bytes())
		}
	})
}
