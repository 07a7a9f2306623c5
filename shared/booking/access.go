package booking

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/table"
)

// Access is what a person is within the business account, and where they may go.
type Access struct {
	Now       time.Time     `json:"now"`
	Role      identity.Role `json:"role"`
	Name      string        `json:"name,omitempty"`
	Language  string        `json:"language,omitempty"`
	Officer   bool          `json:"officer"` // a confirmed emergency response officer
	Locations []OpenSite    `json:"locations"`
}

// An OpenSite is a location that the person can see, with its floors from below.
type OpenSite struct {
	Site
	Floors []FloorName `json:"floors"`
}

// A FloorName is a floor of a location.
type FloorName struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Level int    `json:"level"`
}

// Access answers what the caller is and which locations are open to them: for a guest the one of the pass.
func (b Bookings) Access(ctx context.Context, caller identity.Caller, _ struct{}) (Access, error) {
	access := Access{Now: b.Now().UTC(), Role: caller.Role, Locations: []OpenSite{}}
	if caller.Is(identity.Members...) {
		user, err := b.Tables.User(ctx, caller.Person, "4.a.1", "4.b.4", "4.d.1", "4.language")
		if err != nil {
			return access, table.Unknown(err)
		}
		access.Name, access.Language = user.Name, user.Language
		access.Officer = user.OfficerConfirmed && user.EmergencyOfficer != nil && *user.EmergencyOfficer
	}
	locations, err := b.Tables.Locations(ctx, caller.Business)
	if err != nil {
		return access, err
	}
	for _, location := range locations {
		if caller.At(location.ID) {
			access.Locations = append(access.Locations, OpenSite{Site: siteOf(location), Floors: floorsOf(location)})
		}
	}
	slices.SortFunc(access.Locations, func(a, b OpenSite) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return access, nil
}

func floorsOf(location table.Location) []FloorName {
	floors := []FloorName{}
	for id, floor := range location.Floors {
		floors = append(floors, FloorName{ID: id, Name: floor.Name, Level: floor.Level})
	}
	slices.SortFunc(floors, func(a, b FloorName) int {
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(a.Name, b.Name))
	})
	return floors
}
