package privacy

import (
	"slices"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/words"
)

// Optional are the items of a profile that people may give, change and clear, each alone (4.b). A registration holds
// them, its owner sees all of them, and colleagues those that the owner doesn't hide.
//
// A new item is a field here, its row in OptionalItems, and a version of the statement (Issues in statement.go). The
// register, storage, the change, what colleagues see, the interface and the overview follow from it.
type Optional struct {
	Phone    string `dynamo:"phone,omitempty" json:"phone,omitempty"`
	JobTitle string `dynamo:"job_title,omitempty" json:"job_title,omitempty"`
	LinkedIn string `dynamo:"linkedin,omitempty" json:"linkedin,omitempty"`
	// nil: not given
	EmergencyOfficer *bool  `dynamo:"emergency_officer,omitempty" json:"emergency_officer,omitempty"`
	Department       string `dynamo:"department,omitempty" json:"department,omitempty"`
}

// An OptionalItem says what one of the fields is. It is a line of text of at most Longest characters, or a text that
// matches Pattern; with neither it is yes or no.
type OptionalItem struct {
	Name       string // of the attribute in the store, and of the member in the interface
	Clause     Clause
	words.Text // what it is
	Longest    int
	Pattern    string          // in the syntax that both ECMA 262 and Go read
	Accepts    string          // the pattern in words
	Example    any             // a value: a string or a bool
	Hide       func(*Optional) // empties the field
}

// OptionalItems are all of them, in the order of the statement.
var OptionalItems = []OptionalItem{
	{Name: "phone", Clause: "4.b.1", Text: words.Text{NL: "je telefoonnummer", EN: "your phone number"},
		Pattern: `^\+?[0-9][0-9 ().-]{3,28}[0-9]$`,
		Accepts: "a telephone number of 5 to 30 digits, spaces and ( ) . -, with or without + in front",
		Example: "+31 30 123 45 67",
		Hide:    func(o *Optional) { o.Phone = "" }},
	{Name: "job_title", Clause: "4.b.2", Text: words.Text{NL: "je functie", EN: "your job title"}, Longest: 100,
		Example: "Gardener", Hide: func(o *Optional) { o.JobTitle = "" }},
	{Name: "linkedin", Clause: "4.b.3",
		Text:    words.Text{NL: "je openbare LinkedIn-profiel", EN: "your public LinkedIn profile"},
		Pattern: identity.LinkedIn,
		Accepts: "the identifier in the address of a public LinkedIn profile: 3 to 100 letters, digits and -",
		Example: "ann-example",
		Hide:    func(o *Optional) { o.LinkedIn = "" }},
	{Name: "emergency_officer", Clause: "4.b.4",
		Text: words.Text{NL: "of je bedrijfshulpverlener (BHV) bent",
			EN: "whether you are an emergency response officer (ERO)"},
		Example: true,
		Hide:    func(o *Optional) { o.EmergencyOfficer = nil }},
	{Name: "department", Clause: "4.b.5", Text: words.Text{NL: "je afdeling", EN: "your department"}, Longest: 100,
		Example: "Gardens", Hide: func(o *Optional) { o.Department = "" }},
}

// IsOptional tells whether an attribute is one of them.
func IsOptional(name string) bool {
	return slices.ContainsFunc(OptionalItems, func(item OptionalItem) bool { return item.Name == name })
}

// optionalKinds are what the register declares of them.
func optionalKinds() []Kind {
	var kinds []Kind
	for _, item := range OptionalItems {
		kinds = append(kinds, Kind{Clause: item.Clause, Text: item.Text, Purposes: []Purpose{Performance},
			Rule: WhileSpecified, Fate: Delete, Optional: true, Seen: IfShown, Group: You, Bases: byChoice,
			By: []string{"changeProfile"}})
	}
	return kinds
}

// optionalPromises are what makes them true.
func optionalPromises() []Promise {
	var promises []Promise
	for _, item := range OptionalItems {
		promises = append(promises, Promise{Clause: item.Clause,
			By:    "an attribute of the user's item, cleared alone; erasure",
			Proof: "TestEachOptionalItemIsGivenChangedAndClearedAlone_4_b"})
	}
	return promises
}

// withOptional are an item's attributes and those of the optional items.
func withOptional(attributes map[string]Clause) map[string]Clause {
	for _, item := range OptionalItems {
		attributes[item.Name] = item.Clause
	}
	return attributes
}

// Sight says whether other users see a kind of data.
type Sight string

// The sights. What can be seen can be hidden (7.shield).
const (
	Unseen       Sight = ""
	IfShown      Sight = "if shown"      // by whom its person shows it to
	UnlessHidden Sight = "unless hidden" // also of somebody who chose nothing
)

// Hideable are the kinds that people can hide from others, in the order of the statement (7.shield).
func Hideable() []Clause { return seen(IfShown, UnlessHidden) }

// HiddenByDefault are those that are hidden until their person chooses: all but the name and the customer.
func HiddenByDefault() []Clause { return seen(IfShown) }

// ShownByDefault tells whether others see a kind until its person chooses.
func ShownByDefault(clause Clause) bool { return slices.Contains(seen(UnlessHidden), clause) }

func seen(sights ...Sight) []Clause {
	var clauses []Clause
	for _, kind := range Kinds {
		if slices.Contains(sights, kind.Seen) {
			clauses = append(clauses, kind.Clause)
		}
	}
	return clauses
}
