package npy

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"
)

// OpenNPZ reads one array of an archive as numpy.savez writes it: the one of that name
// or, if the name is empty, the only one. The array is to be closed. Errors begin with the
// name of the file.
//
// It is uncompressed as it is read, so that its memory is that of a row; the directory
// of the archive stands at the end of the file, which must be read at any place.
func OpenNPZ(name string, file io.ReaderAt, size int64, array string) (*Reader, io.Closer, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: not an .npz file: %w", name, err)
	}
	// NumPy names the members of an archive by its arrays and the ending of a file.
	var names []string
	members := map[string]*zip.File{}
	for _, f := range archive.File {
		member := strings.TrimSuffix(f.Name, ".npy")
		// The ending is taken off, as NumPy puts it on. Which of two members of one name
		// is meant, nobody can say.
		if members[member] != nil {
			return nil, nil, fmt.Errorf("%s: array %q is there twice", name, member)
		}
		names, members[member] = append(names, member), f
	}
	array, err = choose(names, array)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	content, err := members[array].Open()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: array %q: %w", name, array, err)
	}
	n, err := NewReader(name+":"+array, content)
	if err != nil {
		content.Close()
		return nil, nil, err
	}
	n.start = 0 // in the archive the numbers are not as they are: no row can be looked up
	return n, content, nil
}

// choose finds the name of an array among those of a file. An empty name means the only
// one there is. The message lists what there is, as names are easily mistyped.
func choose(names []string, wanted string) (string, error) {
	slices.Sort(names)
	switch {
	case wanted == "" && len(names) == 1:
		return names[0], nil
	// Names are compared as they are; no array is guessed.
	case slices.Contains(names, wanted):
		return wanted, nil
	case len(names) == 0:
		return "", fmt.Errorf("there is no array in it")
	}
	// Ten names are enough for a message.
	const shown = 10
	list := strings.Join(names[:min(shown, len(names))], ", ")
	if left := len(names) - shown; left > 0 {
		list += fmt.Sprintf(" and %d more", left)
	}
	// Which of them is meant, nobody has said.
	if wanted == "" {
		return "", fmt.Errorf("there are %d arrays in it, %s: name one behind a colon", len(names), list)
	}
	return "", fmt.Errorf("there is no array %q in it, but %s", wanted, list)
}
