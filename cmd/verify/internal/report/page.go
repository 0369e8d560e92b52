package report

import "io"

func (r *summary) writePage(w io.Writer) error { return nil }
