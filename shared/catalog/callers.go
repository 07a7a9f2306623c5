package catalog

import (
	"slices"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// A kind of callers is what a function that serves them needs to find out which of them is calling, and what it then
// processes of them (shared/bearer).
type callers struct {
	roles  []identity.Role
	rights []Right
	uses   []Use
}

// Members have a session, in which the first use of a day is recorded (4.e.1), guests a pass, and staff a shift;
// a display is no person, and it is noted when it was heard.
var kindsOfCallers = []callers{
	{identity.Members, []Right{on(Agenda, Get, Update, Put), on(Directory, Check)},
		[]Use{to(privacy.Performance, "4.f.1", "7.object"), to(privacy.Management, "4.e.1", "s.session")}},
	{identity.Guests, []Right{on(Agenda, Get)}, []Use{to(privacy.Performance, "2.consent", "4.d.3", "s.pass")}},
	{identity.StaffOnly, []Right{on(Agenda, Get)}, []Use{to(privacy.Management, "s.session")}},
	{identity.Displays, []Right{on(Agenda, Get, Update)}, nil},
}

// called are the kinds of callers that a function serves.
func called(f Function) []callers {
	var served []callers
	for _, kind := range kindsOfCallers {
		has := func(r identity.Role) bool { return slices.Contains(kind.roles, r) }
		if slices.ContainsFunc(f.Operations(), func(o api.Operation) bool { return slices.ContainsFunc(o.Roles, has) }) {
			served = append(served, kind)
		}
	}
	return served
}

// withCallers adds to each function's own rights those by which it finds out who is calling.
func withCallers(functions []Function) []Function {
	for i := range functions {
		f := &functions[i]
		for _, kind := range called(*f) {
			for _, right := range kind.rights {
				f.Rights = allowed(f.Rights, right)
			}
		}
	}
	return functions
}

// allowed are the rights with one more, with the actions on one resource together.
func allowed(rights []Right, more Right) []Right {
	i := slices.IndexFunc(rights, func(r Right) bool { return r.On == more.On && r.Index == more.Index })
	if i < 0 {
		return append(rights, Right{On: more.On, Index: more.Index, Actions: slices.Clone(more.Actions)})
	}
	for _, action := range more.Actions {
		if !slices.Contains(rights[i].Actions, action) {
			rights[i].Actions = append(rights[i].Actions, action)
		}
	}
	return rights
}

// withCallersUses adds to each function's uses those of its callers' data.
func withCallersUses(uses map[string][]Use) map[string][]Use {
	for _, f := range Functions {
		for _, kind := range called(f) {
			uses[f.Name] = append(uses[f.Name], kind.uses...)
		}
	}
	return uses
}
