// Package colleague shows people to their colleagues within a business account: never more than each shows
// (7.shield).
//
// By default that is the name and the customer. Who hides the name is invisible: not found, not shown, not listed,
// and an id of theirs is unknown. Every answer is of what people show at that moment, so that a shield takes effect at
// once. Guests are not colleagues and never appear. Nobody sees more by their role: an
// administrator sees of a person what colleagues see (art. 3). What was searched for is not kept; that there was a
// search is counted (art. 5).
//
// Who is in a building today is answered in the same way: of those who show both name and presence (4.d.4), what each
// shows.
//
// # The emergency list
//
// An emergency response officer (BHV/ERO) needs to know where people are. The statement promises that every item can
// be hidden from other users and makes no exception for officers, so there is none here: the list has every spot that
// is occupied now, with its floor and zone, and a name beside it only where the person shows both name and presence
// (4.d.4). Whoever hides them is looked for at the spot like everyone else; that somebody is there is what anyone in
// the office can see. Its purpose is c, performing the agreements: the safety of the people in the building.
//
// The officer's own word (4.b.4) opens nothing: an administrator of the customer has to have confirmed it, and to
// anyone else the list is unknown. Looking is counted as a search for colleagues and not recorded otherwise: the list
// holds nothing that its reader could not see of each colleague alone.
package colleague

import (
	"context"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// presenceItem is where somebody is (4.d.4).
const presenceItem = "4.d.4"

// Photos is where profile photos are.
type Photos interface {
	// Get reads a photo; nil when there is none.
	Get(ctx context.Context, p identity.Person) ([]byte, error)
}

// A Finder finds colleagues.
type Finder struct {
	Tables *table.Tables
	Photos Photos
	Keys   secret.Keys
	Now    func() time.Time
}

// Routes are the use cases with the operations that they serve.
func (f Finder) Routes() []web.Route {
	return []web.Route{
		web.On(api.SearchColleagues, f.Search), web.On(api.ShowColleague, f.Show),
		web.On(api.ColleaguePhoto, f.Photo), web.On(api.WhoIsIn, f.WhoIsIn),
		web.On(api.EmergencyList, f.EmergencyList),
	}
}

// A Colleague is what a person shows; what they don't show, or don't have, is left out alike.
type Colleague struct {
	ID       string `json:"colleague"`
	Name     string `json:"name"`
	Customer string `json:"customer,omitempty"`
	Email    string `json:"email,omitempty"`
	privacy.Optional
	LinkedInURL string `json:"linkedin_url,omitempty"`
	Photo       bool   `json:"photo,omitempty"`
}

// A Whereabouts is a colleague with where they are today, if they show it.
type Whereabouts struct {
	Colleague
	Today []Presence `json:"today,omitempty"`
}

// showable is what colleagues may see of a person, and what each hides of it.
var showable = append(privacy.Hideable(), "7.shield")

// registrations reads, as they are now, the registrations of those members who show more than the roster tells.
func (f Finder) registrations(ctx context.Context, business string, roster table.Roster,
	members []table.Member) (map[string]table.User, error) {
	var ids []string
	for _, m := range members {
		if m.ShowsMore || !roster.Current {
			ids = append(ids, m.Person.User)
		}
	}
	return f.Tables.UsersNow(ctx, business, ids, showable...)
}

// seen is what a member shows, and whether they show where they are; not ok where they hide the name by now.
func seen(roster table.Roster, m table.Member, users map[string]table.User) (c Colleague, present, ok bool) {
	if !m.ShowsMore && roster.Current {
		c = Colleague{ID: m.Person.User, Name: m.Name}
		if m.ShowsCustomer {
			c.Customer = roster.Customer
		}
		return c, m.ShowsPresence, true
	}
	user, there := users[m.Person.User]
	if !there || !user.Shows(table.NameItem) {
		return Colleague{}, false, false
	}
	return shown(user, roster.Customer), user.Shows(presenceItem), true
}

// shown is what colleagues may see of a person whose name is visible to them.
func shown(u table.User, customer string) Colleague {
	c := Colleague{ID: u.Person.User, Name: u.Name, Optional: u.Optional, Photo: u.Photo != "" && u.Shows("4.b.6")}
	for _, item := range privacy.OptionalItems {
		if !u.Shows(item.Clause) {
			item.Hide(&c.Optional)
		}
	}
	c.LinkedInURL = identity.LinkedInURL(c.LinkedIn)
	if u.Shows("4.d.1") {
		c.Customer = customer
	}
	if u.Shows("4.a.2") {
		c.Email = u.Email
	}
	return c
}

// ColleagueInput names a colleague.
type ColleagueInput struct {
	Colleague string `json:"colleague"`
}

// Show answers what a colleague shows, and where they are today if they show it.
func (f Finder) Show(ctx context.Context, caller identity.Caller, in ColleagueInput) (Whereabouts, error) {
	user, err := f.visible(ctx, caller, in.Colleague)
	if err != nil {
		return Whereabouts{}, err
	}
	customer, err := f.Tables.LegalName(ctx, caller.Business)
	if err != nil {
		return Whereabouts{}, table.Unknown(err)
	}
	c := Whereabouts{Colleague: shown(user, customer)}
	if user.Shows(presenceItem) {
		c.Today, err = (&guide{Finder: f, zones: true}).today(ctx, user.Person)
	}
	return c, err
}

// visible reads a colleague of the caller's account. Who hides the name, is gone or is of another account is unknown.
func (f Finder) visible(ctx context.Context, caller identity.Caller, id string) (table.User, error) {
	user, err := f.Tables.User(ctx, identity.Person{Business: caller.Business, User: id}, showable...)
	if err == nil && !user.Shows(table.NameItem) {
		err = table.ErrAbsent
	}
	return user, table.Unknown(err)
}

// A Picture is a profile photo.
type Picture []byte

// Content is the picture with its media type.
func (p Picture) Content() (string, []byte) { return "image/jpeg", p }

// Photo shows a colleague's photo if they show it (4.b.6).
func (f Finder) Photo(ctx context.Context, caller identity.Caller, in ColleagueInput) (Picture, error) {
	user, err := f.visible(ctx, caller, in.Colleague)
	if err != nil {
		return nil, err
	}
	if user.Photo == "" || !user.Shows("4.b.6") {
		return nil, problem.Unknown()
	}
	picture, err := f.Photos.Get(ctx, user.Person)
	if err == nil && picture == nil {
		err = problem.Unknown()
	}
	return picture, err
}
