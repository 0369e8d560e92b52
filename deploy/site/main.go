// Command site builds static pages that check certificates and settle theorems in the
// browser of whoever opens them: the programs, compiled to WebAssembly, with pages around
// them. Nothing is sent anywhere, and the pages work from a folder as from a server.
//
// A page that is opened from a folder may load scripts, and nothing else: neither files nor
// modules nor workers. So everything is a script that puts its value into the object parts:
// the programs, packed and as letters, the theorem files, and what connects Go with a page.
//
//	go run ./deploy/site -o site
package main

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed pages
var pages embed.FS

// programs are the commands that the pages run: the checker by itself, which is all that a
// referee loads, and the rest.
var programs = []string{"certcheck", "verify"}

// gallery are the theorem files that can be chosen, in the order in which they are offered:
// beside some that hold, one that is false, so that a refutation can be looked at.
var gallery = []string{
	"md-t3", "md-t3-false", "border-2-2", "balke-pearl", "han-kobayashi", "hk-false",
	"shannon", "shannon-false", "ingleton", "chsh", "max-flow", "crs-u", "block", "birkhoff", "odd-cycle",
}

func main() {
	out := flag.String("o", "site", "build into this `folder`")
	flag.Parse()
	if err := build(*out); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(2)
	}
}

// build makes the folder of a site. What was in it of an older one is replaced, and other files
// stay.
func build(out string) error {
	// It may be called from any folder of the module.
	root, err := output("go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	// As they are: pages have nothing in them that would have to be made.
	list, err := pages.ReadDir("pages")
	if err != nil {
		return err
	}
	for _, page := range list {
		content, err := pages.ReadFile("pages/" + page.Name())
		if err == nil {
			err = os.WriteFile(filepath.Join(out, page.Name()), content, 0o666)
		}
		if err != nil {
			return err
		}
	}
	// What connects a program to the page comes with the version of Go that compiled it: that
	// of another version does not fit.
	goroot, err := output("go", "env", "GOROOT")
	if err != nil {
		return err
	}
	glue, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	if err := script(out, "glue", string(glue)); err != nil {
		return err
	}
	for _, name := range programs {
		if err := program(out, root, name); err != nil {
			return err
		}
	}
	// Pairs, since an object would be sorted by name.
	var theorems [][2]string
	for _, name := range gallery {
		// Those of the tests, so that each of them is known to do what it says.
		text, err := os.ReadFile(filepath.Join(root, "fixtures", "theorems", name+".thm"))
		if err != nil {
			return err
		}
		theorems = append(theorems, [2]string{name, string(text)})
	}
	return script(out, "gallery", theorems)
}

// program compiles a command, and writes it compressed into a script: a page that is opened
// from a folder may load scripts and nothing else.
func program(out, root, name string) error {
	// Beside the sources it would be taken for one of them by whoever looks in the meantime.
	file, err := os.CreateTemp("", "site-*.wasm")
	if err != nil {
		return err
	}
	file.Close()
	defer os.Remove(file.Name())
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", file.Name(), "./cmd/"+name)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%v\n%s", err, text)
	}
	code, err := os.ReadFile(file.Name())
	if err != nil {
		return err
	}
	// Three times smaller; browsers unpack it without help. Best, since it is done once and
	// loaded often.
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(code)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return err
	}
	// How long a page takes to load is a matter of this number.
	fmt.Printf("%s: %d bytes, %d compressed\n", name, len(code), b.Len())
	return script(out, name, base64.StdEncoding.EncodeToString(b.Bytes()))
}

// script writes a value as a script that gives it to the page, under a name in parts. JSON is
// JavaScript as it is; Go escapes what would end a script within a page.
func script(out, name string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("(globalThis.parts ??= {})[%q] = %s;\n", name, data)
	return os.WriteFile(filepath.Join(out, name+".js"), []byte(text), 0o666)
}

// output is what a command prints, without the line feed.
func output(command ...string) (string, error) {
	data, err := exec.Command(command[0], command[1:]...).Output()
	return strings.TrimSpace(string(data)), err
}
