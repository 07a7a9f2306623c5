package openapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"github.com/iotspot/iotspot/shared/api"
)

//go:embed page.html
var pageText string

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"titled": titled}).Parse(pageText))
})

// A table is rows with a title over them.
type table struct {
	Title string
	Rows  []row
}

func titled(title string, rows []row) table { return table{Title: title, Rows: rows} }

// Page describes the operations for people, as one HTML page without scripts.
func Page(operations []api.Operation) ([]byte, error) {
	var out bytes.Buffer
	err := page().Execute(&out, object{"Introduction": marked(introduction()), "Groups": groups(operations)})
	return out.Bytes(), err
}

type group struct {
	Name       string
	Operations []entry
}

// An entry is an operation as the page shows it.
type entry struct {
	api.Operation
	Text       template.HTML
	Callers    string
	Takes      []row // parameters
	Body, Gets []row
	Sent, Got  string // examples
	Problems   []row
}

// A row is a name with what is accepted there and what it means.
type row struct{ Name, Accepted, Text string }

func groups(operations []api.Operation) []group {
	var list []group
	for _, operation := range operations {
		i := slices.IndexFunc(list, func(g group) bool { return g.Name == operation.Function })
		if i < 0 {
			list, i = append(list, group{Name: operation.Function}), len(list)
		}
		list[i].Operations = append(list[i].Operations, entryOf(operation))
	}
	return list
}

func entryOf(operation api.Operation) entry {
	e := entry{Operation: operation, Text: marked(operation.Detail), Callers: callers(operation),
		Sent: shown(operation.Request), Got: shown(operation.Example)}
	for _, parameter := range operation.Parameters {
		e.Takes = append(e.Takes, row{parameter.Name + " (" + parameter.In + optional(parameter.Required) + ")",
			Accepted(parameter.Schema), parameter.Detail})
	}
	if operation.Keyed {
		e.Takes = append(e.Takes, row{"Idempotency-Key (header)", "8 to 64 of A-Z a-z 0-9 _ -",
			"new for each thing to create, the same when repeating"})
	}
	members("", operation.Body, &e.Body)
	members("", operation.Answer, &e.Gets)
	if operation.Content != nil {
		e.Body = []row{{"body", strings.Join(operation.Content.Types, ", "),
			fmt.Sprintf("at most %d bytes", operation.Content.MaxBytes)}}
	}
	for _, kind := range Kinds(operation) {
		e.Problems = append(e.Problems, row{fmt.Sprint(kind.Status()), string(kind), meanings[kind]})
	}
	return e
}

func optional(required bool) string {
	if required {
		return ""
	}
	return ", optional"
}

func callers(operation api.Operation) string {
	if operation.Public() {
		return "anyone, without a session"
	}
	words := make([]string, len(operation.Roles))
	for i, role := range operation.Roles {
		words[i] = string(role)
	}
	return strings.Join(words, ", ")
}

func shown(example any) string {
	if example == nil {
		return ""
	}
	text, err := json.MarshalIndent(example, "", "  ")
	if err != nil {
		return ""
	}
	return string(text)
}

// marked sets what stands between backticks in code, all of it escaped.
func marked(text string) template.HTML {
	var out strings.Builder
	for i, part := range strings.Split(text, "`") {
		part = template.HTMLEscapeString(part)
		if i%2 == 1 {
			part = "<code>" + part + "</code>"
		}
		out.WriteString(part)
	}
	return template.HTML(out.String())
}
