package contention

import (
	"bytes"
	"io"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
)

// Bigs converts a list for a certificate.
func Bigs(v []rational.Rat) []*big.Rat {
	list := make([]*big.Rat, len(v))
	for i, x := range v {
		list[i] = x.Big()
	}
	return list
}

// BothBigs converts the list of each order for a certificate.
func BothBigs(c Choice) certificate.TwoOrders {
	return certificate.TwoOrders{Forward: Bigs(c[Forward]), Backward: Bigs(c[Backward])}
}

// Accepted returns nil if the checker accepts a document, and else why not.
func Accepted(d interface{ Write(io.Writer) error }) error {
	var document bytes.Buffer
	if err := d.Write(&document); err != nil {
		return err
	}
	_, err := certificate.Check(&document)
	return err
}
