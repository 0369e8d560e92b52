// Package gunzip reads files, plain or one member of gzip (RFC 1952; the data in it are those of RFC 1951), in
// time and memory that the bytes of the file bound: compress/gzip makes the tables of codes of every block, also of
// millions that hold nothing, for a minute in a file of 64 MiB, and does not let its caller see blocks.
//
// It is in the trusted folder for those who import nothing else, but nobody has to trust it: whatever bytes it returns are
// judged as any document, and a digest that is printed is theirs.
package gunzip
