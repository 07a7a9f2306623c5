package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statistics"
)

// A deployment is whose dossier it is.
type deployment struct {
	controller controller.Controller
	region     string
	handled    []statistics.HandledMonth // requests, where a table of theirs is named
}

// configured reads the context that the CDK app is deployed with.
func configured(file string) (deployment, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return deployment{}, err
	}
	var cdk struct {
		Context struct {
			Region, Controller, Contact, Support, Authority, AuthorityURL, Terms, Security, Processors, Bases string
		}
	}
	if err := json.Unmarshal(text, &cdk); err != nil {
		return deployment{}, err
	}
	c := cdk.Context
	bases, err := controller.ParseBases(c.Bases)
	d := deployment{region: c.Region, controller: controller.Controller{Name: c.Controller, Contact: c.Contact,
		Support: c.Support, Authority: c.Authority, AuthorityURL: c.AuthorityURL, Terms: c.Terms,
		Security:   c.Security,
		Processors: c.Processors, Bases: bases}}
	if err != nil {
		return d, err
	}
	return d, d.controller.Check()
}

// purposesOf are a kind's purposes, in words.
func purposesOf(kind privacy.Kind) string {
	var all []string
	for _, purpose := range kind.Purposes {
		all = append(all, purpose.Words().EN)
	}
	return strings.Join(all, "; ")
}

// basisOf is the legal basis that the controller chose, with its article.
func (d deployment) basisOf(kind privacy.Kind) string {
	basis := d.controller.Basis(kind)
	for _, named := range privacy.Bases {
		if named.Basis == basis {
			return named.Words.EN + ", " + named.Article
		}
	}
	return string(basis)
}

// storesOf are where a kind lives: each store with its items.
func storesOf(clause privacy.Clause) map[privacy.Store][]string {
	stores := map[privacy.Store][]string{}
	for _, item := range privacy.Items {
		if slices.Contains(slices.Collect(maps.Values(item.Attributes)), clause) {
			stores[item.Store] = append(stores[item.Store], item.Name)
		}
	}
	if clause == "4.b.6" {
		stores[privacy.Photos] = append(stores[privacy.Photos], "picture")
	}
	return stores
}

func storeText(clause privacy.Clause) string {
	stores := storesOf(clause)
	var all []string
	for _, store := range slices.Sorted(maps.Keys(stores)) {
		slices.Sort(stores[store])
		all = append(all, string(store)+": "+strings.Join(stores[store], ", "))
	}
	return strings.Join(all, "; ")
}

// functionsOf are the functions that have a kind in hand for a purpose of its own; what shows people their own and
// removes it has every kind, and is named once above the map.
func functionsOf(clause privacy.Clause) string {
	var all []string
	for _, f := range catalog.Functions {
		if slices.ContainsFunc(catalog.Uses[f.Name], func(u catalog.Use) bool {
			return !u.Every &&
				u.Covers(clause)
		}) {
			all = append(all, f.Name)
		}
	}
	return strings.Join(all, ", ")
}

func everyKind() string {
	var all []string
	for _, f := range catalog.Functions {
		if slices.ContainsFunc(catalog.Uses[f.Name], func(u catalog.Use) bool { return u.Every }) {
			all = append(all, f.Name)
		}
	}
	return strings.Join(all, ", ")
}

// alsoSeen are others who see a kind because of what they have to do with its person, and not by what that shows.
var alsoSeen = map[privacy.Clause]string{
	"4.d.2": "the colleague whom the person lets reserve for them; colleagues, of today, if the person shows where " +
		"they are",
	"4.d.3": "the inviter and the administrators, who see the guests of a building",
	"4.f.1": "the colleague with whom it was agreed, of that alone; everybody in the building that a workplace is " +
		"somebody's, not whose",
	"4.f.2": "everybody in the building that a workplace is free that day, not why",
}

// ofTheOffice are the kinds about a customer that all who find their way in its buildings see.
var ofTheOffice = []privacy.Clause{"3.a", "3.b", "3.c", "3.e", "3.f"}

// seenBy is who sees a kind beside its person.
func seenBy(kind privacy.Kind) string {
	switch {
	case alsoSeen[kind.Clause] != "":
		return "the person; " + alsoSeen[kind.Clause] + "; authorised staff, each look recorded"
	case slices.Contains(ofTheOffice, kind.Clause):
		return "everybody in the business account, its guests too; authorised staff, each look recorded"
	case kind.Fate == privacy.Keep:
		return "administrators of the customer; authorised staff, each look recorded"
	case kind.Secret:
		return "nobody: existence and deadline alone are shown, to the person"
	case kind.Seen == privacy.UnlessHidden:
		return "colleagues, unless hidden; authorised staff, each look recorded"
	case kind.Seen == privacy.IfShown:
		return "colleagues, if the person shows it; authorised staff, each look recorded"
	}
	return "the person; authorised staff, each look recorded"
}

func promiseOf(clause privacy.Clause) privacy.Promise {
	i := slices.IndexFunc(privacy.Promises, func(p privacy.Promise) bool { return p.Clause == clause })
	if i < 0 {
		panic(fmt.Sprintf("dossier: nothing is said of what keeps %s", clause))
	}
	return privacy.Promises[i]
}
