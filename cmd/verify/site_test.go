package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// The pages of make site, opened from their folder: a good and a forged certificate, one with
// a model beside it, theorems that are proved and refuted, and a run that is stopped.
func TestSite(t *testing.T) {
	site := os.Getenv("SITE")
	if site == "" {
		t.Skip("looks at the pages in the folder SITE, which make site builds")
	}
	b := openBrowser(t)
	const accepted, rejected = "../../fixtures/certificates/accepted/", "../../fixtures/certificates/rejected/"
	result := func() (class, text string) {
		b.wait("document.getElementById('result').textContent != '' && document.getElementById('stop').disabled")
		b.eval("document.getElementById('result').className", &class)
		b.eval("document.getElementById('result').textContent", &text)
		return strings.TrimPrefix(class, "result "), text
	}
	check := func(class, text string) {
		t.Helper()
		if gotClass, got := result(); gotClass != class || !strings.Contains(got, text) {
			var output string
			b.eval("document.getElementById('output').textContent", &output)
			t.Errorf("the page says %q (%s), want %q (%s)\n%s", got, gotClass, text, class, output)
		}
	}
	dir := t.TempDir()
	proof := filepath.Join(dir, "md-t3.json.gz")
	expect(t, run.ExitVerified, []string{"prove", "../../fixtures/theorems/md-t3.thm", "-certificate", proof})
	for _, c := range []struct{ certificate, model, class, text string }{
		{accepted + "cell-3-4.json.gz", "", "good", "cell-3-4.json.gz: valid"},
		{rejected + "digest.json", "", "bad", "digest.json: INVALID"},
		{proof, "../../fixtures/theorems/md-t3.thm", "good", "valid, and the certificate of md-t3.thm"},
		{proof, "../../fixtures/theorems/md-t3-false.thm", "bad", "INVALID as the certificate of md-t3-false.thm"},
		{proof, "../../README.md", "bad", "not checked: it or README.md cannot be read"},
	} {
		b.open(filepath.Join(site, "check.html"))
		if c.model != "" {
			b.files("#model", abs(t, c.model))
		}
		b.files("#certificate", abs(t, c.certificate))
		check(c.class, c.text)
	}
	// A model that comes after its certificate is looked at, too: never does the page say of
	// one what it has found of another.
	b.open(filepath.Join(site, "check.html"))
	b.files("#certificate", proof)
	check("good", "md-t3.json.gz: valid")
	b.files("#model", abs(t, "../../fixtures/theorems/md-t3-false.thm"))
	check("bad", "INVALID as the certificate of md-t3-false.thm")
	b.files("#model", abs(t, "../../fixtures/theorems/md-t3.thm"))
	check("good", "valid, and the certificate of md-t3.thm")
	b.picture("site-check", 800, 760)
	// Dropped, as from a folder, not chosen.
	b.eval(`{
	  const dropped = new DataTransfer();
	  dropped.items.add(new File(['{"forged": true}'], "forged.json"));
	  document.querySelector("[data-kind=certificate]").dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true}));
	}`, nil)
	check("bad", "forged.json: INVALID")
	b.looks("site-check", 900)

	b.open(filepath.Join(site, "try.html"))
	var first string
	if b.eval("$('gallery').options[0].text", &first); first != "md-t3: MD-T3" {
		t.Errorf("the gallery begins with %q", first)
	}
	for file, want := range map[string][2]string{"md-t3": {"good", "verdict: verified"}, "md-t3-false": {"bad", "verdict: refuted"}} {
		b.eval(fmt.Sprintf("$('result').textContent = '', $('gallery').value = %q, pick(), $('prove').click()", file), nil)
		check(want[0], want[1])
		var offered bool
		if b.eval("!$('certificate').hidden && $('certificate').href.startsWith('blob:')", &offered); !offered {
			t.Errorf("%s: no certificate is offered", file)
		}
	}
	b.eval("$('result').textContent = '', $('pstar').click()", nil)
	check("good", "P*(acc) = 8/9")
	b.eval("$('result').textContent = '', $('theorem').value = 'param a\\nclaim a >', $('prove').click()", nil)
	check("bad", "theorem.thm:2")
	b.eval("$('result').textContent = '', $('n').value = '4', $('cell').click()", nil)
	check("good", "verdict: verified (MD-T1, MD-T2, MD-T3, MD-T4 proved)")
	b.eval("$('time').textContent = '', $('n').value = '20', $('k').value = '6', $('cell').click()", nil)
	b.wait("parseFloat($('time').textContent) > 1.5") // the page goes on beside it
	b.eval("$('stop').click()", nil)
	check("open", "stopped")
	b.eval("$('gallery').value = 'md-t3', pick(), $('result').textContent = '', $('prove').click()", nil)
	check("good", "verdict: verified")
	b.looks("site-try", 1300)
	b.noErrors()
}

func abs(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
