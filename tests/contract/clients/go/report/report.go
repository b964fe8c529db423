// Package report prints what a client program found: one JSON object on each line of stdout.
//
// A program checks five things. "sign": its calls were verified, and a wrong secret was refused.
// "success": what it asked for came to be and went away again. "poll": a change was seen while it went
// on. "error": refusals arrived as the SDK's own errors. "xml": answers in XML were understood.
package report

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"
)

const (
	patience = 10 * time.Second
	interval = 50 * time.Millisecond
)

// Report collects the results of one program.
type Report struct {
	client, version string
	failed          bool
}

// Run runs a scenario with the SDK that the module holds, reports it, and ends the program: with status 0
// if all checks were ok. An error of the scenario is a failed "success".
func Run(module string, scenario func(*Report) error) {
	r := &Report{client: module, version: version(module)}
	if err := scenario(r); err != nil {
		r.Check("success", false, err.Error())
	}
	if r.failed {
		os.Exit(1)
	}
}

// Check reports one result.
func (r *Report) Check(check string, ok bool, detail string) {
	r.failed = r.failed || !ok
	line := struct {
		Client  string `json:"client"`
		Version string `json:"version"`
		Check   string `json:"check"`
		OK      bool   `json:"ok"`
		Detail  string `json:"detail"`
	}{r.client, r.version, check, ok, detail}
	lines := json.NewEncoder(os.Stdout)
	lines.SetEscapeHTML(false)
	if err := lines.Encode(line); err != nil {
		panic(err)
	}
}

// Refusal is what a program can read from its SDK's error. Status is 0 where the SDK does not tell it.
type Refusal struct {
	Code, Message, RequestID string
	Status                   int
}

func (r Refusal) String() string {
	text := fmt.Sprintf("%s: %s (%s)", r.Code, r.Message, r.RequestID)
	if r.Status != 0 {
		text = fmt.Sprintf("%d %s", r.Status, text)
	}
	return text
}

// Refused reports whether a call was refused as it should be. read takes the SDK's error apart and says
// whether it was one.
func (r *Report) Refused(what string, err error, read func(error) (Refusal, bool), code string, status int) {
	r.refused("error", what, err, read, code, status)
}

// Distrusted reports whether a call that was signed with a wrong secret was refused as it should be.
func (r *Report) Distrusted(err error, read func(error) (Refusal, bool), code string, status int) {
	r.refused("sign", "a wrong secret", err, read, code, status)
}

func (r *Report) refused(
	check, what string, err error, read func(error) (Refusal, bool), code string, status int,
) {
	if err == nil {
		r.Check(check, false, what+" was not refused")
		return
	}
	got, ok := read(err)
	if !ok {
		r.Check(check, false, fmt.Sprintf("%s: %T is not the SDK's error: %v", what, err, err))
		return
	}
	ok = got.Code == code && got.Status == status && got.Message != "" && got.RequestID != ""
	r.Check(check, ok, fmt.Sprintf("%s: %s", what, got))
}

// Changes polls until a value is the wanted one and returns all values that it saw, each once in a row.
// It returns an error when that takes more than ten seconds.
func Changes(read func() (string, error), until string) ([]string, error) {
	var seen []string
	for deadline := time.Now().Add(patience); ; time.Sleep(interval) {
		value, err := read()
		if err != nil {
			return seen, err
		}
		if len(seen) == 0 || seen[len(seen)-1] != value {
			seen = append(seen, value)
		}
		if value == until {
			return seen, nil
		}
		if time.Now().After(deadline) {
			return seen, fmt.Errorf("still %s after %s, not %s", value, patience, until)
		}
	}
}

// Wait polls until a value is the wanted one.
func Wait(read func() (string, error), until string) error {
	_, err := Changes(read, until)
	return err
}

// Polled reports whether polling shows exactly these values, the last of them being the end.
func (r *Report) Polled(what string, read func() (string, error), values ...string) error {
	seen, err := Changes(read, values[len(values)-1])
	want, got := strings.Join(values, " -> "), strings.Join(seen, " -> ")
	r.Check("poll", err == nil && got == want, what+": "+got)
	return err
}

// Missing returns an id of the same form as an existing one, of something that does not exist.
func Missing(id string) string {
	return id[:len(id)-4] + "0000"
}

// Env returns an environment variable that every program needs.
func Env(name string) string {
	value := os.Getenv(name)
	if value == "" {
		fmt.Fprintf(os.Stderr, "set %s\n", name)
		os.Exit(2)
	}
	return value
}

// Scheme returns how the emulator is spoken to, in capitals, for endpoints that are named.
func Scheme() string {
	if scheme := os.Getenv("DUOLECT_SCHEME"); scheme != "" {
		return strings.ToUpper(scheme)
	}
	return "HTTP"
}

func version(module string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				return dependency.Version
			}
		}
	}
	return "unknown"
}
