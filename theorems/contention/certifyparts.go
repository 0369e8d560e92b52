package contention

import (
	"bytes"
	"io"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
)

func bigs(v []rational.Rat) []*big.Rat {
	list := make([]*big.Rat, len(v))
	for i, x := range v {
		list[i] = x.Big()
	}
	return list
}

func bothBigs(c Choice) certificate.TwoOrders {
	return certificate.TwoOrders{Forward: bigs(c[Forward]), Backward: bigs(c[Backward])}
}

// accepted returns nil if the checker accepts a document, and else why not.
func accepted(d interface{ Write(io.Writer) error }) error {
	var document bytes.Buffer
	if err := d.Write(&document); err != nil {
		return err
	}
	_, err := certificate.Check(&document)
	return err
}
