package show

import "strings"

// Wrap breaks a text into lines of at most width letters, at spaces; a longer word has a
// line of its own.
func Wrap(text string, width int) (lines []string) {
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		letters := len([]rune(word))
		if used > 0 && used+1+letters > width {
			lines, line, used = append(lines, line), "", 0
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+letters
	}
	if used > 0 {
		lines = append(lines, line)
	}
	return lines
}
