package rules

import (
	"cmp"
	"slices"
)

// An Approval is for spots that are only somebody's once others have agreed (4.f.3): those of a place, or everywhere,
// and there of a kind, or every one.
type Approval struct {
	For   Kind   `json:"for,omitempty" dynamo:"k,omitempty"`
	Floor string `json:"floor,omitempty" dynamo:"l,omitempty"`
	Zone  string `json:"zone,omitempty" dynamo:"z,omitempty"`
	Spot  string `json:"spot,omitempty" dynamo:"p,omitempty"`
	// Group is the group whose members decide, beside the customer's administrators.
	Group string `json:"group,omitempty" dynamo:"g,omitempty"`
}

// Concerns tells whether a spot is one of them.
func (a Approval) Concerns(s Spot) bool {
	return s.is(a.For) && (a.Floor == "" || a.Floor == s.Floor) && (a.Zone == "" || a.Zone == s.Zone) &&
		(a.Spot == "" || a.Spot == s.ID)
}

// breadth is less for what says more precisely which spots it is for.
func (a Approval) breadth() int {
	for i, named := range []bool{a.Spot != "", a.Zone != "", a.Floor != "", a.For != ""} {
		if named {
			return i
		}
	}
	return 4
}

// ApprovalsOn are those that concern spots of a floor, the most precise first: of a spot the first counts.
func (o Office) ApprovalsOn(floor string) []Approval {
	all := slices.DeleteFunc(slices.Clone(o.Rules.Approvals), func(a Approval) bool {
		return a.Floor != "" && a.Floor != floor
	})
	slices.SortStableFunc(all, func(a, b Approval) int { return cmp.Compare(a.breadth(), b.breadth()) })
	return all
}

// Approval is what a spot needs before it is somebody's: of several the most precise, and nil where it needs none.
func (o Office) Approval(s Spot) *Approval {
	var found *Approval
	for i, approval := range o.Rules.Approvals {
		if approval.Concerns(s) && (found == nil || approval.breadth() < found.breadth()) {
			found = &o.Rules.Approvals[i]
		}
	}
	return found
}
