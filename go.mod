module pstar

go 1.26

require github.com/google/go-cmp v0.7.0

require github.com/ALTree/bigfloat v0.2.0
