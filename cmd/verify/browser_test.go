package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// browser is a headless Chromium with one page, which is driven through a pipe, the messages
// of its debugging protocol one after another.
type browser struct {
	t        *testing.T
	in       io.WriteCloser
	messages chan message
	session  string
	last     int
	loaded   int      // pages
	errors   []string // what the console of the page shows of errors
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct{ Message string }
}

// openBrowser starts Chromium, unless it is not installed.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" {
		t.Skip("no Chromium is installed: pages are not looked at in one")
	}
	// The first is what it reads as descriptor 3, the second what it writes as 4.
	itsIn, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, itsOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--hide-scrollbars", "--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{itsIn, itsOut}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	itsIn.Close()
	itsOut.Close()
	b := &browser{t: t, in: in, messages: make(chan message, 1000)}
	go b.read(out)
	t.Cleanup(func() {
		fmt.Fprint(in, `{"id": 0, "method": "Browser.close"}`+"\x00")
		timer := time.AfterFunc(10*time.Second, func() { cmd.Process.Kill() })
		cmd.Wait()
		timer.Stop()
		in.Close()
		out.Close()
	})
	var target struct{ TargetID string }
	b.ask("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.ask("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "DOM"} {
		b.ask(domain+".enable", nil, nil)
	}
	return b
}

func (b *browser) read(out io.Reader) {
	defer close(b.messages)
	for r := bufio.NewReaderSize(out, 1<<20); ; {
		text, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(text[:len(text)-1], &m) == nil {
			b.messages <- m
		}
	}
}

// ask sends a command and waits for its answer.
func (b *browser) ask(method string, params, result any) {
	b.t.Helper()
	b.last++
	text, err := json.Marshal(map[string]any{"id": b.last, "method": method, "params": params, "sessionId": b.session})
	if b.session == "" {
		text, err = json.Marshal(map[string]any{"id": b.last, "method": method, "params": params})
	}
	if err == nil {
		_, err = b.in.Write(append(text, 0))
	}
	if err != nil {
		b.t.Fatal(err)
	}
	b.until(method, func(m message) bool {
		if m.ID != b.last {
			return false
		}
		if m.Error != nil {
			b.t.Fatalf("%s: %s", method, m.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				b.t.Fatalf("%s: %v", method, err)
			}
		}
		return true
	})
}

// until takes messages up to one.
func (b *browser) until(what string, is func(m message) bool) {
	b.t.Helper()
	limit := time.After(2 * time.Minute)
	for {
		select {
		case m, open := <-b.messages:
			if !open {
				b.t.Fatalf("%s: Chromium has ended", what)
			}
			b.note(m)
			if is(m) {
				return
			}
		case <-limit:
			b.t.Fatalf("%s: Chromium does not answer", what)
		}
	}
}

// note keeps what goes wrong in the page.
func (b *browser) note(m message) {
	switch m.Method {
	case "Page.loadEventFired":
		b.loaded++
	case "Runtime.exceptionThrown":
		b.errors = append(b.errors, string(m.Params))
	case "Log.entryAdded":
		if strings.Contains(string(m.Params), `"level":"error"`) {
			b.errors = append(b.errors, string(m.Params))
		}
	case "Runtime.consoleAPICalled":
		if strings.Contains(string(m.Params), `"type":"error"`) {
			b.errors = append(b.errors, string(m.Params))
		}
	}
}

// open loads a page of a file.
func (b *browser) open(path string) {
	b.t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		b.t.Fatal(err)
	}
	before := b.loaded
	b.ask("Page.navigate", map[string]any{"url": "file://" + path}, nil)
	if b.loaded == before {
		b.until("the page loads", func(message) bool { return b.loaded > before })
	}
}

// eval is the value of an expression in the page; a promise is waited for.
func (b *browser) eval(expression string, value any) {
	b.t.Helper()
	var result struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	b.ask("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &result)
	if result.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expression, result.ExceptionDetails)
	}
	if value == nil {
		return
	}
	if err := json.Unmarshal(result.Result.Value, value); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
}

// wait waits until an expression is true.
func (b *browser) wait(expression string) {
	b.t.Helper()
	for range 600 {
		var done bool
		if b.eval(expression, &done); done {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	var text string
	b.eval("document.body.innerText", &text)
	b.t.Fatalf("waited in vain for %s; the page shows\n%s", expression, text)
}

// size sets the size of the window and the scheme of colours.
func (b *browser) size(width, height int, scheme string) {
	b.t.Helper()
	b.ask("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.ask("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// shot is a picture of the page, kept in the folder SHOTS if that is set.
func (b *browser) shot(name string) []byte {
	b.t.Helper()
	var picture struct{ Data string }
	b.ask("Page.captureScreenshot", map[string]any{"format": "png"}, &picture)
	data, err := base64.StdEncoding.DecodeString(picture.Data)
	if err == nil && len(data) < 2000 {
		err = errors.New("the picture is empty")
	}
	if dir := os.Getenv("SHOTS"); err == nil && dir != "" {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o666)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return data
}

// picture is a picture of the head of the page for the documentation, kept in the folder
// PICTURES if that is set.
func (b *browser) picture(name string, width, height int) {
	b.t.Helper()
	b.size(width, height, "light")
	data := b.shot(name)
	if dir := os.Getenv("PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o666); err != nil {
			b.t.Fatal(err)
		}
	}
}

// looks takes pictures of the page on a telephone and on a desk, in the light and in the dark,
// and checks that nothing is wider than the window.
func (b *browser) looks(name string, height int) {
	b.t.Helper()
	for _, width := range []int{400, 1400} {
		for _, scheme := range []string{"light", "dark"} {
			b.size(width, height, scheme)
			b.shot(fmt.Sprintf("%s-%d-%s", name, width, scheme))
			var over int
			// Not innerWidth: a telephone makes that as wide as what does not fit.
			if b.eval(fmt.Sprintf("document.documentElement.scrollWidth - %d", width), &over); over > 0 {
				b.t.Errorf("%d pixels wide the page is %d too wide", width, over)
			}
		}
	}
}

// files puts files into an input of the page.
func (b *browser) files(selector string, paths ...string) {
	b.t.Helper()
	var document struct{ Root struct{ NodeID int } }
	b.ask("DOM.getDocument", nil, &document)
	var node struct{ NodeID int }
	b.ask("DOM.querySelector", map[string]any{"nodeId": document.Root.NodeID, "selector": selector}, &node)
	b.ask("DOM.setFileInputFiles", map[string]any{"nodeId": node.NodeID, "files": paths}, nil)
}

// noErrors checks that nothing went wrong in the page, and that it loaded nothing beside
// itself.
func (b *browser) noErrors() {
	b.t.Helper()
	for _, text := range b.errors {
		b.t.Errorf("the console shows %s", text)
	}
}
