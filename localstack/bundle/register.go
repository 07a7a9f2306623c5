package bundle

import (
	"encoding/json"
	"fmt"

	"github.com/iotspot/iotspot/shared/privacy"
)

// Register is what the screens need of the register, for TypeScript: the items of a profile, each with its words, so
// that a new one is offered without a word of the screens' own; the kinds that can be hidden and objected to, and those
// of customers.
func Register() (string, error) {
	type item struct {
		Clause privacy.Clause    `json:"clause"`
		Name   string            `json:"name"`  // in PATCH /me
		YesNo  bool              `json:"yesno"` // otherwise a line of text
		What   map[string]string `json:"what"`
	}
	var items []item
	for _, o := range privacy.OptionalItems {
		_, yesNo := o.Example.(bool)
		items = append(items, item{o.Clause, o.Name, yesNo, map[string]string{"nl": o.NL, "en": o.EN}})
	}
	type objection struct {
		To     string            `json:"to"`     // a kind, or a purpose
		Guests bool              `json:"guests"` // guests can too
		What   map[string]string `json:"what"`
	}
	var objections []objection
	for _, o := range privacy.Objections() {
		what := o.Words()
		objections = append(objections, objection{o.To, o.Guests, map[string]string{"nl": what.NL, "en": what.EN}})
	}
	customers := map[privacy.Clause]map[string]string{} // what staff may have looked at
	for _, k := range privacy.Kinds {
		if k.Fate == privacy.Keep {
			customers[k.Clause] = map[string]string{"nl": k.Text.NL, "en": k.Text.EN}
		}
	}
	out := "// Made from shared/privacy by localstack/bundle.\n"
	for _, list := range []struct {
		name, kind string
		values     any
	}{{"optional", "as const", items}, {"hideable", "as readonly string[]", privacy.Hideable()},
		{"objections", "as const", objections},
		{"customers", "as Record<string, { nl: string; en: string }>", customers}} {
		text, err := json.Marshal(list.values)
		if err != nil {
			return "", err
		}
		out += fmt.Sprintf("export const %s = %s %s\n", list.name, text, list.kind)
	}
	return out, nil
}
