package account

import (
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Photos keeps pictures, one a person.
type Photos interface {
	// Put stores a photo and removes every version of an older one.
	Put(ctx context.Context, p identity.Person, jpeg []byte) error
	// Get reads it; nil when there is none.
	Get(ctx context.Context, p identity.Person) ([]byte, error)
	// Remove takes all versions away; a repeat does nothing.
	Remove(ctx context.Context, p identity.Person) error
}

// Settings are where people see and change all that is kept of them (7.view, 7.rectify).
type Settings struct {
	Tables    *table.Tables
	Photos    Photos
	Mail      mail.Sender
	Keys      secret.Keys
	Now       func() time.Time
	Statement string        // version of the statement in force
	Pace      time.Duration // see signin.AtPace; 0 in tests
}

// Routes are the use cases with the operations that they serve.
func (s Settings) Routes() []web.Route {
	return []web.Route{
		web.On(api.ReadProfile, s.Read), web.On(api.ChangeProfile, s.Change), web.On(api.GiveConsent, s.Consent),
		web.On(api.RemoveRecord, s.RemoveRecord), web.On(api.AskAddress, s.AskAddress),
		web.On(api.MoveAddress, s.MoveAddress), web.On(api.SetPhoto, s.SetPhoto), web.On(api.ReadPhoto, s.Photo),
		web.On(api.RemovePhoto, s.RemovePhoto), web.On(api.ReadFavourites, s.Favourites),
		web.On(api.EndWorkplace, s.EndWorkplace), web.On(api.LeaveGroup, s.LeaveGroup),
		web.On(api.AddFavouriteSpot, s.AddSpot), web.On(api.RemoveFavouriteSpot, s.RemoveSpot),
		web.On(api.AddFavouriteColleague, s.AddColleague), web.On(api.RemoveFavouriteColleague, s.RemoveColleague),
	}
}

// A Profile is a registration as its owner sees it.
type Profile struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Language string `json:"language"`
	privacy.Optional
	LinkedInURL string `json:"linkedin_url,omitempty"`
	Reminders   bool   `json:"reminders"` // by mail, of what is reserved for the next day (4.f.1)
	// CalendarMails: each reservation by mail as an invitation, which calendars take up (4.f.1)
	CalendarMails bool `json:"calendar_mails"`
	NameAtRoom    bool `json:"name_at_room"` // on the display of a room that one has reserved (4.f.1)

	Photo    bool    `json:"photo"`
	Customer string  `json:"customer"` // 4.d.1
	Business string  `json:"business_account"`
	Role     string  `json:"role"`
	Device   *Device `json:"device,omitempty"`

	Shield     []string `json:"shield"`     // what others don't see
	Objections []string `json:"objections"` // items and purposes objected to

	Consent   Consented   `json:"consent"`
	Sessions  []Open      `json:"sessions"`
	LastLogin *LastLogin  `json:"last_login,omitempty"`
	LastUse   *civil.Date `json:"last_use,omitempty"`
}

// A Device is the system of the device last used (4.d.5).
type Device struct {
	OS      string `json:"os"`
	Release string `json:"os_release,omitempty"`
}

// Consented is the version that the person agreed to, and the one in force.
type Consented struct {
	Version  string    `json:"version"`
	Language string    `json:"language"`
	At       time.Time `json:"at"`
	Current  string    `json:"current_version"`
}

// Open says that a session exists. ID is the hash of its token: it names it, and opens nothing.
type Open struct {
	ID    string     `json:"id"`
	Since time.Time  `json:"since"`
	Until time.Time  `json:"until"`
	Used  civil.Date `json:"used,omitempty"`
	This  bool       `json:"this"`
}

// LastLogin is the last login request (4.e.2).
type LastLogin struct {
	RequestedAt time.Time  `json:"requested_at"`
	LoggedInAt  *time.Time `json:"logged_in_at,omitempty"`
	IP          string     `json:"ip"`
	LoginName   string     `json:"login_name"`
}

// Read shows all that the registration holds. A caller who was erased a moment ago gets problem.NotFound.
func (s Settings) Read(ctx context.Context, caller identity.Caller, _ struct{}) (Profile, error) {
	user, err := s.Tables.User(ctx, caller.Person)
	if err != nil {
		return Profile{}, table.Unknown(err)
	}
	profile := s.profileOf(user)
	if profile.Customer, err = s.Tables.LegalName(ctx, caller.Business); err != nil {
		return Profile{}, table.Unknown(err)
	}
	if profile.Sessions, err = s.sessions(ctx, caller); err != nil {
		return Profile{}, err
	}
	if login, err := s.Tables.LastLogin(ctx, caller.Person); err == nil {
		profile.LastLogin = &LastLogin{login.RequestedAt, login.LoggedInAt, login.IP, login.LoginName}
	} else if !errors.Is(err, table.ErrAbsent) {
		return Profile{}, err
	}
	if used, err := s.Tables.LastUse(ctx, caller.Person); err == nil {
		profile.LastUse = &used
	} else if !errors.Is(err, table.ErrAbsent) {
		return Profile{}, err
	}
	return profile, nil
}

func (s Settings) profileOf(user table.User) Profile {
	profile := Profile{
		Name: user.Name, Email: user.Email, Language: user.Language, Optional: user.Optional,
		LinkedInURL: identity.LinkedInURL(user.LinkedIn), Photo: user.Photo != "", Business: user.Business,
		Reminders: user.Reminders, CalendarMails: user.CalendarMails,
		NameAtRoom: user.NameAtRoom,
		Role:       string(user.Role), Shield: user.Shield, Objections: user.Objections,
		Consent: Consented{Version: user.ConsentVersion, Language: user.ConsentLanguage, At: user.ConsentAt,
			Current: s.Statement},
	}
	if user.Shield == nil {
		for _, clause := range privacy.HiddenByDefault() {
			profile.Shield = append(profile.Shield, string(clause))
		}
	}
	if user.Objections == nil {
		profile.Objections = []string{}
	}
	if user.OS != "" {
		profile.Device = &Device{OS: user.OS, Release: user.OSRelease}
	}
	return profile
}

func (s Settings) sessions(ctx context.Context, caller identity.Caller) ([]Open, error) {
	open := []Open{}
	found, err := s.Tables.Sessions(ctx, caller.Person)
	for _, session := range found {
		until := time.Unix(session.Until, 0).UTC()
		open = append(open, Open{ID: session.Hash, Since: until.Add(-signin.Life), Until: until, Used: session.Used,
			This: session.Hash == caller.Session})
	}
	return open, err
}

// ConsentInput agrees to a version of the statement.
type ConsentInput struct {
	Version  string `json:"version"`
	Agreed   bool   `json:"agreed"`
	Language string `json:"language"` // in which it was shown
}

// Consent records consent to the version in force (2.consent, 13.versions), with which all of the person's sessions
// can do everything again. Any other version, or no explicit yes, is a problem.Consent and changes nothing.
func (s Settings) Consent(ctx context.Context, caller identity.Caller, in ConsentInput) (struct{}, error) {
	if !in.Agreed || in.Version != s.Statement {
		return struct{}{}, ConsentNeeded(s.Statement)
	}
	if caller.Role == identity.Guest {
		err := s.Tables.GuestConsented(ctx, caller.Person, in.Version, in.Language, s.Now())
		return struct{}{}, table.Unknown(err)
	}
	if err := s.Tables.Consented(ctx, caller.Person, in.Version, in.Language, s.Now()); err != nil {
		return struct{}{}, table.Unknown(err)
	}
	return struct{}{}, s.Tables.UpdateSessions(ctx, caller.Person)
}
