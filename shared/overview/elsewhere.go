package overview

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/words"
)

// Photos is where profile photos are.
type Photos interface {
	// Get reads a photo; nil when there is none.
	Get(ctx context.Context, p identity.Person) ([]byte, error)
}

// elsewhere adds what is kept about the person outside of their own partitions.
func (g *gathering) elsewhere(ctx context.Context, user table.User) error {
	parts := []func(context.Context, table.User) error{g.attempts, g.searches, g.cancelMarks, g.told, g.inLine,
		g.askings}
	if user.Email != "" { // a guest has no address and no photo
		parts = append(parts, g.address, g.waiting, g.mails, g.photo)
	}
	for _, part := range parts {
		if err := part(ctx, user); err != nil {
			return err
		}
	}
	return nil
}

// address is the entry by which a sign-in finds the registration (4.a.2).
func (g *gathering) address(ctx context.Context, user table.User) error {
	found, err := g.desk.Tables.PersonAt(ctx, identity.Email(user.Email).Entries(g.desk.Keys[secret.Addresses]))
	if errors.Is(err, table.ErrAbsent) || err == nil && found != g.person {
		return nil
	}
	g.add("4.a.2", Value{Name: "address", Value: "stored under a keyed hash, to find your registration when you " +
		"sign in",
		Read:   words.Text{NL: "om je te vinden als je je aanmeldt", EN: "to find you when you sign in"},
		Silent: true}) // the address itself is told
	return err
}

// waiting is what waits for a code mailed to the person's address (s.registration).
func (g *gathering) waiting(ctx context.Context, user table.User) error {
	found, err := g.desk.Tables.WaitingFor(ctx, identity.Email(user.Email).Entries(g.desk.Keys[secret.Addresses]),
		g.person)
	for _, kept := range found {
		err = errors.Join(err, g.item(ctx, kept))
	}
	return err
}

func (g *gathering) attempts(ctx context.Context, user table.User) error {
	counter := limit.Counter{Tables: g.desk.Tables, Key: g.desk.Keys[secret.Attempts], Now: g.desk.Now}
	whose, err := counter.Of(ctx, g.person, identity.Email(user.Email))
	if err != nil {
		return err
	}
	counted, err := counter.Until(ctx, whose...)
	for _, until := range counted {
		g.addUntil("s.attempts", Value{Name: privacy.Attempts.Name}, until, g.zone)
	}
	return err
}

// Searched is how often the person searched on a day at a location.
type Searched struct {
	Date       civil.Date `json:"date"`
	Location   string     `json:"location_name"`
	Spots      int        `json:"spots"`
	Colleagues int        `json:"colleagues"`
}

// Opened is how often the person opened each page on a day at a location, and with which family of browser.
type Opened struct {
	Date     civil.Date     `json:"date"`
	Location string         `json:"location_name"`
	Pages    map[string]int `json:"pages"`
	Browsers map[string]int `json:"browsers"`
}

// searches adds today's searches and opened pages, at every location of the account and at those that were just
// removed (5.transactions, 11.cookies).
func (g *gathering) searches(ctx context.Context, _ table.User) error {
	locations, err := g.desk.Tables.SearchedLocations(ctx, g.person.Business)
	if err != nil {
		return err
	}
	for _, location := range locations {
		for _, day := range usage.Days(g.desk.Now(), location.Zone) {
			if err := g.searchesOn(ctx, location, day); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *gathering) searchesOn(ctx context.Context, location table.Location, day civil.Date) error {
	found, err := g.desk.Tables.SearchesOf(ctx, g.person, location.ID, day)
	if errors.Is(err, table.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	until, name := time.Unix(found.DayEnds, 0).UTC(), cmp.Or(location.Name, location.ID)
	if told := (Searched{Date: day, Location: name, Spots: found.Spots,
		Colleagues: found.Colleagues}); told.Spots+told.Colleagues > 0 {
		g.addUntil("5.transactions", Value{Name: "searches", Value: told, Read: told.words()}, until, location.Zone)
	}
	if told := (Opened{Date: day, Location: name, Pages: found.Pages,
		Browsers: found.Browsers}); len(found.Pages) > 0 {
		g.addUntil("11.cookies", Value{Name: "opened pages", Value: told, Read: told.words()}, until, location.Zone)
	}
	return nil
}

// cancelMarks adds the marks of reservations that the person cancelled, each with its day and spot (s.cancelled). The
// last overview before a contract's end leaves them out: they go within that minute, which is too short to read all
// the account's floors for each of its people.
func (g *gathering) cancelMarks(ctx context.Context, _ table.User) error {
	if g.desk.Customer != "" {
		return nil
	}
	marks, err := g.desk.Tables.CancelMarks(ctx, g.person)
	if err != nil {
		return err
	}
	for _, mark := range marks {
		if !g.desk.Now().Before(mark.Ends) {
			continue
		}
		location, err := g.location(ctx, mark.Place.Location)
		if err != nil {
			return err
		}
		spot, err := g.spot(ctx, mark.Place.Spot)
		if err != nil {
			return err
		}
		told := map[string]any{"date": mark.Day, "spot": mark.Place.Spot, "spot_name": spot,
			"location_name": location.name}
		g.addUntil("s.cancelled", Value{Name: "cancel mark", Value: told,
			Read: marked(mark.Day, spot, location.name)}, mark.Ends, location.zone)
	}
	return nil
}

func marked(day civil.Date, spot, location string) words.Text {
	on, place := words.Day(day), mail.Unlinked(spot+", "+location)
	return words.Text{NL: on.NL + ", " + place, EN: on.EN + ", " + place}
}

// Received is the mail that came to the support address and isn't handled yet.
type Received interface {
	// Waiting gives when each mail arrived whose head names an address, oldest first.
	Waiting(ctx context.Context, address string) ([]time.Time, error)
}

// mails adds those that wait at the support address, without their contents: only the head of a mail is ever read
// (s.mail).
func (g *gathering) mails(ctx context.Context, user table.User) error {
	arrived, err := g.desk.Received.Waiting(ctx, user.Email)
	for _, at := range arrived {
		if until := at.Add(privacy.LongestReceived); g.desk.Now().Before(until) {
			g.addUntil("s.mail", Value{Name: "received_at", Value: at, Read: words.Moment(at, civil.UTC)}, until,
				civil.UTC)
		}
	}
	return err
}

// photo adds the picture itself to what is attached.
func (g *gathering) photo(ctx context.Context, _ table.User) error {
	if g.desk.Photos == nil { // the app shows the photo itself
		return nil
	}
	picture, err := g.desk.Photos.Get(ctx, g.person)
	if err != nil || picture == nil {
		return err
	}
	g.files = append(g.files, file{name: "photo.jpg", mediaType: "image/jpeg", body: picture})
	return nil
}
