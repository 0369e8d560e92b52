package certificate_test

import (
	"bytes"
	"fmt"
	"os"

	"pstar/certificate"
)

// A document says what it establishes once it is accepted; one with another digit in its
// statement is not.
func ExampleCheck() {
	document, err := os.ReadFile("../fixtures/certificates/accepted/cell-2-3.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := certificate.Check(bytes.NewReader(document))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range report.Claims {
		fmt.Println(c.Tag, c.Status)
	}
	_, err = certificate.Check(bytes.NewReader(bytes.Replace(document, []byte(`"n":3`), []byte(`"n":4`), 1)))
	fmt.Println("for another n:", err != nil)
	// Output:
	// MD-T1 proved
	// MD-T2 proved
	// MD-T3 proved
	// MD-T4 proved
	// for another n: true
}
