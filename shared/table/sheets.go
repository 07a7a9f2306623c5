package table

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
)

// A Holding is a reservation as the spot's sheet knows it.
type Holding struct {
	User  string        `dynamo:"u"`
	From  civil.Quarter `dynamo:"f"`
	To    civil.Quarter `dynamo:"t"`
	State State         `dynamo:"s"`
	// CheckedInAt and EndedAt are Unix seconds, 0 before it happened.
	CheckedInAt int64 `dynamo:"i,omitempty"`
	EndedAt     int64 `dynamo:"e,omitempty"`
	// WalkUp: it was made by sitting down at a free spot.
	WalkUp bool `dynamo:"w,omitempty"`
	// BookedAt is when it was booked or moved, in Unix seconds, where it had begun by then; 0 otherwise.
	BookedAt int64 `dynamo:"b,omitempty"`
	// KeptFrom and KeptTo are what is kept of the spot where that is more, for a buffer; 0 otherwise.
	KeptFrom civil.Quarter `dynamo:"kf,omitempty"`
	KeptTo   civil.Quarter `dynamo:"kt,omitempty"`
	// ByHand: the person took a wrong check-in back, so that sensors check them in no more.
	ByHand bool `dynamo:"h,omitempty"`
	// AskedAt is when its person was asked whether they come, and ComingAt when they said so, in Unix seconds, 0
	// before it happened. Question is the hash of the secret to answer with, while it can be answered.
	AskedAt  int64  `dynamo:"g,omitempty"`
	ComingAt int64  `dynamo:"c,omitempty"`
	Question string `dynamo:"k,omitempty"`
	// Until is when it ends by itself, in Unix seconds, unless it is decided by then; 0 of what is not undecided.
	Until int64 `dynamo:"x,omitempty"`
	// Calendar: it was mailed into its person's calendar, and so is what becomes of it.
	Calendar bool `dynamo:"v,omitempty"`
}

// Awaited is from when its person has reason to come: from the beginning, or from the booking, or from when they said
// that they are on their way, where that was later.
func (h Holding) Awaited() time.Time {
	return time.Unix(max(h.From.Time().Unix(), h.BookedAt, h.ComingAt), 0).UTC()
}

// Unanswered says that its person was asked whether they come, and that an answer still keeps the spot.
func (h Holding) Unanswered() bool { return h.State == Reserved && h.AskedAt != 0 && h.ComingAt == 0 }

// Interval is what was reserved, whether or not all of it is still held.
func (h Holding) Interval() civil.Interval { return civil.Interval{From: h.From, To: h.To} }

// Kept is what it takes of its spot: its interval, and the buffers that were in force when it was made.
func (h Holding) Kept() civil.Interval {
	return civil.Interval{From: cmp.Or(h.KeptFrom, h.From), To: cmp.Or(h.KeptTo, h.To)}
}

// Occupancy is what one sensor last said about its spot, by the sensor's own time in Unix seconds.
type Occupancy struct {
	Occupied bool  `dynamo:"o"`
	Since    int64 `dynamo:"s"` // since when it is so
	Heard    int64 `dynamo:"h"` // of the latest message that was written down
	// seconds after Heard in which a message that says the same is not written down; see HeardEvery
	Every   int64 `dynamo:"e"`
	Counter int64 `dynamo:"n"` // of the message at Heard, which tells messages of one second apart
}

// ofSilence is which part of a sensor's silence HeardEvery is.
const ofSilence = 3

// HeardEvery is how often a sensor that repeats itself is written down as heard, of the silence after which it is not
// believed any more. What is written says so, so that who reads it doesn't take for silence what was not written
// down, and knows how much silence its model is given.
func HeardEvery(silence time.Duration) time.Duration { return silence / ofSilence }

// SilentFor reports whether a sensor has said nothing for the time that its location allows, or for its own silence
// where that is longer. It is true up to Every late and never of one that was heard: it may have spoken until Every
// after what was written down.
func (o Occupancy) SilentFor(allowed time.Duration, now time.Time) bool {
	every := time.Duration(o.Every) * time.Second
	return now.Sub(time.Unix(o.Heard, 0).Add(every)) >= max(allowed, ofSilence*every)
}

// A SpotSheet is one spot's day: what is taken, by which reservations, and what its sensors say.
type SpotSheet struct {
	Spot      string
	Taken     civil.Quarters
	Holdings  map[string]Holding // by reservation
	Occupancy map[string]Occupancy
	Unnamed   map[string]Unnamed // what nobody has, by the bookings at its display
	FreedBy   string             // the mark of the assignment whose holder gave the day free; see FloorSpot.KeptOn
	DayEnds   int64              // Unix seconds; 0 before anything happened
	Damaged   bool               // it can't be read whole; see PastFloorDay
	cancelled []string
}

// WithoutBuffers is what reservations are of that hold the spot, without their buffers.
func (s SpotSheet) WithoutBuffers() civil.Quarters {
	var all civil.Quarters
	for _, held := range s.Holdings {
		if held.State.Holds() {
			all = all.With(held.Interval())
		}
	}
	for _, unnamed := range s.Unnamed {
		all = all.With(unnamed.Interval())
	}
	return all
}

// A ReservationID is a reservation's id as callers see it, <yyyymmdd>-<location>-<key>: with the caller's person it
// is the way to the sheet, so that finding a reservation is one read.
type ReservationID struct {
	Day      civil.Date
	Location string
	Key      string // the attribute on both sheets, random to whoever has not made it
}

func (id ReservationID) String() string {
	return strings.ReplaceAll(string(id.Day), "-", "") + "-" + id.Location + "-" + id.Key
}

// ParseReservationID reads an id; ErrAbsent for what can't be one.
func ParseReservationID(text string) (ReservationID, error) {
	parts := strings.Split(text, "-")
	if len(parts) != 3 || len(parts[0]) != 8 || !secret.IsID(parts[1]) || !secret.IsID(parts[2]) {
		return ReservationID{}, ErrAbsent
	}
	day, err := civil.ParseDate(parts[0][:4] + "-" + parts[0][4:6] + "-" + parts[0][6:])
	if err != nil {
		return ReservationID{}, ErrAbsent
	}
	return ReservationID{Day: day, Location: parts[1], Key: parts[2]}, nil
}

// A Commitment is a reservation as the person's sheet knows it. Its State stays Reserved when it is checked in: where
// somebody is stands on the spot's sheet alone.
type Commitment struct {
	Floor string `dynamo:"l"`
	Spot  string `dynamo:"p"`
	// the spot's when it was reserved, to be shown without another read
	Name      string        `dynamo:"m,omitempty"`
	From      civil.Quarter `dynamo:"f"`
	To        civil.Quarter `dynamo:"t"`
	State     State         `dynamo:"s"`
	Workplace bool          `dynamo:"w,omitempty"`
	Type      string        `dynamo:"y,omitempty"` // the spot's; "" where it was made before that was kept
	KeptFrom  civil.Quarter `dynamo:"kf,omitempty"`
	KeptTo    civil.Quarter `dynamo:"kt,omitempty"`
	Changes   int           `dynamo:"q,omitempty"` // how often it was changed
	By        string        `dynamo:"a,omitempty"` // the user who made it, where that isn't the person
	Until     int64         `dynamo:"x,omitempty"` // see Holding.Until
	Calendar  bool          `dynamo:"v,omitempty"` // see Holding.Calendar
	Asking    string        `dynamo:"j,omitempty"` // the id of what asks for approval of it, while that is undecided
	Title     Title         `dynamo:"-"`           // of a room's; an attribute of its own on the sheet
	Prompted  bool          `dynamo:"-"`           // see Holding.Unanswered; the spot's sheet knows
}

// A Title is what the organiser calls a room's reservation (4.f.4). It is on their own sheet and nowhere else.
type Title struct {
	Text  string `dynamo:"t"`
	Shown bool   `dynamo:"d,omitempty"` // to people standing at the room
}

// Interval is what was reserved.
func (c Commitment) Interval() civil.Interval { return civil.Interval{From: c.From, To: c.To} }

// Kept is as a Holding's.
func (c Commitment) Kept() civil.Interval {
	return civil.Interval{From: cmp.Or(c.KeptFrom, c.From), To: cmp.Or(c.KeptTo, c.To)}
}

// Held is the commitment as the rules count it.
func (c Commitment) Held(day civil.Date) rules.Held {
	category := Room
	if c.Workplace {
		category = Workplace
	}
	return rules.Held{Day: day, Interval: c.Interval(), Category: rules.Kind(category), Type: rules.Kind(c.Type)}
}

// A PersonSheet is a person's day at one location.
type PersonSheet struct {
	Day         civil.Date
	Location    string
	Taken       civil.Quarters // with a workplace: a person has one at a time, a room may stand beside it
	Count       int
	Ends        int64    // of the day, in Unix seconds
	Mailed      []string // what mails were about; see Mailing
	Commitments map[string]Commitment
}

const (
	takenName = "taken"
	countName = "n"

	// cancelledName is a set of marks, see CancelMark.
	cancelledName = "cancelled"

	freedName = "released"

	reservationPrefix = "r#"
	titlePrefix       = "t#"
	mailedPrefix      = "m#"
	occupancyPrefix   = "o#"
	unnamedPrefix     = "d#"
)

// SpotSheet reads one spot's day, eventually consistent. A day on which nothing happened yet is an empty sheet.
func (t *Tables) SpotSheet(ctx context.Context, place Place, day civil.Date) (SpotSheet, error) {
	return t.spotSheet(ctx, place, day, false)
}

// SpotSheetNow reads it consistently, for a change of it.
func (t *Tables) SpotSheetNow(ctx context.Context, place Place, day civil.Date) (SpotSheet, error) {
	return t.spotSheet(ctx, place, day, true)
}

func (t *Tables) spotSheet(ctx context.Context, place Place, day civil.Date, consistent bool) (SpotSheet, error) {
	var raw dynamo.Item
	switch err := t.get(ctx, spotSheetKey(place, day), consistent, &raw); err {
	case nil:
		return decodeSpotSheet(raw)
	case ErrAbsent:
		return SpotSheet{Spot: place.Spot}, nil
	default:
		return SpotSheet{}, err
	}
}

// FloorDay reads all sheets of a floor's day in one Query; spots on which nothing happened have none. It is
// eventually consistent: what it shows as free may have been taken a moment ago, which the reservation itself finds
// out.
func (t *Tables) FloorDay(ctx context.Context, business, location, floor string,
	day civil.Date) ([]SpotSheet, error) {
	items, err := t.list(ctx, privacy.Agenda, floorDay(business, location, floor, day), privacy.SpotSheet.SortPrefix,
		false)
	if err != nil {
		return nil, err
	}
	return decodeAll(items, decodeSpotSheet)
}

// PersonSheet reads a person's day at a location; ErrAbsent when there is nothing.
func (t *Tables) PersonSheet(ctx context.Context, p identity.Person, day civil.Date,
	location string) (PersonSheet, error) {
	var raw dynamo.Item
	if err := t.get(ctx, personSheetKey(p, day, location), true, &raw); err != nil {
		return PersonSheet{}, err
	}
	return decodePersonSheet(raw)
}

// Commitment reads one of a person's reservations and nothing else of their day; ErrAbsent when it isn't there.
func (t *Tables) Commitment(ctx context.Context, p identity.Person, id ReservationID) (Commitment, error) {
	value, err := t.sheetPart(ctx, personSheetKey(p, id.Day, id.Location), reservationPrefix+id.Key, true)
	if err != nil {
		return Commitment{}, err
	}
	if value == nil {
		return Commitment{}, ErrAbsent
	}
	return decodeCommitment(value)
}

// sheetPart reads one attribute of a sheet; nil when there is none.
func (t *Tables) sheetPart(ctx context.Context, k key, name string, consistent bool) (types.AttributeValue, error) {
	var raw dynamo.Item
	err := t.table(k.item.Store).Get(pkName, k.pk).Range(skName, dynamo.Equal, k.sk).
		Project(quoted(name), ttlName).Consistent(consistent).One(ctx, &raw)
	if errors.Is(err, dynamo.ErrNotFound) || err == nil && !t.alive(raw) {
		return nil, nil
	}
	return raw[name], wrap(err)
}
