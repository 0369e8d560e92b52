package manual

import (
	"flag"
	"io"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/internal/each"
)

// flagsOf are the flags of a command, with their hyphens. Package flag takes two hyphens, too;
// one is what help shows.
func flagsOf(d run.Described) string {
	return strings.Join(each.Of(d.Flags, func(f *flag.Flag) string { return "-" + f.Name }), " ")
}

// namesOf are the commands that have a name, and help, which is no command of the table.
func namesOf(list []run.Described) string {
	var names []string
	for _, d := range list {
		if d.Name != "" {
			names = append(names, d.Name)
		}
	}
	return strings.Join(append(names, "help"), " ")
}

// argumentsOf are the words that may follow a command, if it is not files that do.
func argumentsOf(name string, list []run.Described) string {
	switch name {
	// Topics are explained, and have no page.
	case "help":
		return namesOf(list) + " " + strings.Join(run.Topics(), " ")
	case "man":
		return strings.TrimSuffix(namesOf(list), " help")
	case "completion":
		return strings.Join(shells, " ")
	}
	return ""
}

// withWords are the commands that words follow, not files.
var withWords = []string{"help", "man", "completion"}

// A wordFlag is a flag whose value is one of some words, or a list of them with commas.
type wordFlag struct {
	name, words string
	list        bool
}

// wordFlags are the flags that take the names of schemes, which are the words of the command scheme.
func wordFlags(list []run.Described) (found []wordFlag) {
	names := ""
	for _, d := range list {
		if d.Name == "scheme" {
			names = strings.TrimSuffix(strings.Join(d.Words, " "), " user")
		}
	}
	for _, d := range list {
		for _, f := range d.Flags {
			add := wordFlag{name: f.Name, words: names}
			switch kind, _ := flag.UnquoteUsage(f); kind {
			case "schemes":
				add.words += " optimal" // P* among them
				add.list = true
			case "scheme":
			default:
				continue
			}
			if !slices.Contains(found, add) {
				found = append(found, add)
			}
		}
	}
	return found
}

// shellCase is a case of bash and zsh for each command, whose body gets its flags. What begins
// with none of the names is the main job, of which there are flags alone.
// The main job comes last, as the case for everything else.
func shellCase(w io.Writer, list []run.Described) {
	for _, d := range list {
		// The main job is called by flags alone, and so is no word to look for.
		if d.Name != "" {
			printf(w, "    %s) flags=%s ;;\n", d.Name, quoted(flagsOf(d)))
		}
	}
	// The table begins with the main job.
	printf(w, "    *) flags=%s ;;\n", quoted(flagsOf(list[0])))
}

// quoted is a word of bash and zsh, as it is.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// The scripts know what can be typed, and nothing of what it means: a file that a flag asks for
// is any file, and a number none. They are made once, at installation, so that a shell does not
// start the program at each press of a key.

// bash completes commands, flags of the command, and files. It needs nothing but bash itself:
// the package bash-completion is what loads the script when a command is first completed.
func bash(w io.Writer, list []run.Described) {
	printf(w, `# bash completion of verify and certcheck
_verify() {
  local word=${COMP_WORDS[COMP_CWORD]} flags
  case ${COMP_WORDS[1]} in
`)
	shellCase(w, list)
	printf(w, `  esac
  COMPREPLY=()
  case ${COMP_WORDS[COMP_CWORD-1]} in
`)
	for _, f := range wordFlags(list) {
		if !f.list {
			printf(w, "    -%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", f.name, f.words)
			continue
		}
		// What stands behind the last comma, and no space after it: another comma may follow.
		printf(w, "    -%s) COMPREPLY=($(compgen -P \"${word%%\"${word##*,}\"}\" -W '%s' -- \"${word##*,}\")); compopt -o nospace 2>/dev/null; return ;;\n", f.name, f.words)
	}
	// The first word is a command or a flag of the main job, whatever has been typed of it.
	printf(w, `  esac
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "%s $flags" -- "$word"))
  elif [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
  else
    case ${COMP_WORDS[1]} in
`, namesOf(list))
	// Words for those that take words; all others take files, as most arguments are.
	for _, name := range withWords {
		printf(w, "      %s) COMPREPLY=($(compgen -W '%s' -- \"$word\")) ;;\n", name, argumentsOf(name, list))
	}
	// Where the first argument belongs it is one of the words; behind a flag it may be, and files may follow.
	for _, d := range list {
		if d.Words != nil {
			printf(w, "      %s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); [ \"$COMP_CWORD\" = 2 ] || COMPREPLY+=($(compgen -f -- \"$word\")) ;;\n", d.Name, strings.Join(d.Words, " "))
		}
	}
	printf(w, `      *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
  fi
}
_certcheck() {
  local word=${COMP_WORDS[COMP_CWORD]}
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W '%s' -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _verify verify
complete -o filenames -F _certcheck certcheck
`, checkerFlags)
}

// checkerFlags are those of certcheck, which shares no table with this program; a test holds
// them to what its help says.
const checkerFlags = "--statement --json --against --from --convention --relax --max-mem --version -h"

// zsh completes the same, with the summaries of commands. One function serves both programs: a
// file of completions is loaded by the names in its first line.
func zsh(w io.Writer, list []run.Described) {
	printf(w, `#compdef verify certcheck
_verify() {
  local flags
  local -a commands
  if [[ $service == certcheck ]]; then
    if [[ $words[CURRENT] == -* ]]; then compadd -- %s; else _files; fi
    return
  fi
  commands=(
`, checkerFlags)
	for _, d := range list {
		if d.Name != "" {
			// A colon ends the name of what _describe lists.
			printf(w, "    %s\n", quoted(d.Name+":"+strings.ReplaceAll(d.Summary, ":", `\:`)))
		}
	}
	printf(w, `    'help:explains commands and topics'
  )
  case $words[2] in
`)
	shellCase(w, list)
	printf(w, `  esac
  case $words[CURRENT-1] in
`)
	for _, f := range wordFlags(list) {
		if f.list {
			// Of what stands behind the last comma; the comma that is added goes with the next space.
			printf(w, "    -%s) compset -P '*,'; compadd -qS , -- %s; return ;;\n", f.name, f.words)
			continue
		}
		printf(w, "    -%s) compadd -- %s; return ;;\n", f.name, f.words)
	}
	printf(w, `  esac
  if (( CURRENT == 2 )); then
    if [[ $words[CURRENT] == -* ]]; then compadd -- ${=flags}; else _describe command commands; fi
  elif [[ $words[CURRENT] == -* ]]; then
    compadd -- ${=flags}
  else
    case $words[2] in
`)
	for _, name := range withWords {
		printf(w, "      %s) compadd -- %s ;;\n", name, argumentsOf(name, list))
	}
	for _, d := range list {
		if d.Words != nil {
			printf(w, "      %s) compadd -- %s; (( CURRENT == 3 )) || _files ;;\n", d.Name, strings.Join(d.Words, " "))
		}
	}
	printf(w, `      *) _files ;;
    esac
  fi
}
_verify "$@"
`)
}

// fish completes the same, with what flags are for. Its script has no cases: each line says
// under which condition something may follow.
func fish(w io.Writer, list []run.Described) {
	printf(w, "# fish completion of verify and certcheck\n")
	for _, d := range list {
		// Flags of the main job stand where no command has been named.
		condition := "__fish_seen_subcommand_from " + d.Name
		if d.Name == "" {
			condition = "not __fish_seen_subcommand_from " + namesOf(list)
		} else {
			printf(w, "complete -c verify -n __fish_use_subcommand -f -a %s -d %s\n", d.Name, fishQuoted(d.Summary))
		}
		for _, f := range d.Flags {
			_, text := flag.UnquoteUsage(f)
			// A flag with a value takes the next word, which is completed as a file.
			value := " -r"
			if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
				value = ""
			}
			// One with words takes one of them, and no file.
			for _, w := range wordFlags(list) {
				if w.name == f.Name {
					value = " -x -a " + fishQuoted(w.fish())
				}
			}
			// What a flag is for, up to the first semicolon: the rest is detail.
			text, _, _ = strings.Cut(text, ";") // one line each, on a terminal
			printf(w, "complete -c verify -n %s -o %s%s -d %s\n", fishQuoted(condition), f.Name, value, fishQuoted(text))
		}
	}
	// help is no command of the table, and explains topics, too.
	printf(w, "complete -c verify -n __fish_use_subcommand -f -a help -d 'explains commands and topics'\n")
	for _, name := range withWords {
		printf(w, "complete -c verify -n '__fish_seen_subcommand_from %s' -f -a '%s'\n", name, argumentsOf(name, list))
	}
	for _, d := range list {
		if d.Words != nil {
			printf(w, "complete -c verify -n '__fish_seen_subcommand_from %s; and test (count (commandline -opc)) = 2' -f -a '%s'\n", d.Name, strings.Join(d.Words, " "))
		}
	}
	// fish has long and short flags apart, and -h of its own accord.
	for _, f := range strings.Fields(strings.ReplaceAll(checkerFlags, " -h", "")) {
		printf(w, "complete -c certcheck -l %s\n", strings.TrimPrefix(f, "--"))
	}
}

// fish are the words as fish completes them: of a list each behind what stands up to the last comma.
func (f wordFlag) fish() string {
	if !f.list {
		return f.words
	}
	return `(commandline -ct | string replace -r "[^,]*\$" ""){` + strings.ReplaceAll(f.words, " ", ",") + "}"
}

// fishQuoted is a word of fish as it is: there a backslash means something within quotes, too.
func fishQuoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
