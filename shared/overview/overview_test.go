package overview_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestEveryDeclaredKindIsListedAlsoWhereNothingIsStored(t *testing.T) { // 7.overview
	seen := begin(t).view(t)
	var listed []privacy.Clause
	for _, section := range seen.Kinds {
		listed = append(listed, section.Clause)
		require.NotEmpty(t, section.Purposes, section.Clause)
		require.NotEmpty(t, section.What.NL, section.Clause)
		require.NotEmpty(t, section.Kept.EN, section.Clause)
		require.NotNil(t, section.Values)
	}
	for _, kind := range privacy.Kinds {
		if kind.Fate == privacy.Keep || kind.Clause == "6.staff" || kind.Clause == "s.pass" {
			require.NotContains(t, listed, kind.Clause, "it is the customer's, a guest's or staff's")
		} else {
			require.Contains(t, listed, kind.Clause)
		}
	}
	require.Empty(t, section(t, seen, "4.b.1").Values)
	require.Equal(t, "Noor Jansen", section(t, seen, "4.a.1").Values[0].Value)
}

func TestEveryAttributeThatTheRegisterDeclaresForAPersonIsTold(t *testing.T) { // 7.overview
	s := begin(t)
	n, plain, secret := 0, map[string]string{}, map[string]string{}
	fill := func(item privacy.Item) map[string]any {
		attributes := map[string]any{}
		for name, clause := range item.Attributes {
			kind, ok := privacy.KindOf(clause)
			if !ok || strings.HasSuffix(name, "*") {
				continue
			}
			n++
			value := fmt.Sprintf("stored-value-%03d", n)
			attributes[name] = value
			switch name { // what has a type of its own where a user is read
			case "emergency_officer", "officer_confirmed", "reminders", "calendar_mails", "name_at_room":
				attributes[name], value = true, fmt.Sprintf(`"name":%q,"value":true`, name)
			case "shield", "objections":
				attributes[name] = []string{value}
			case "consent_at":
				value = fmt.Sprintf("2026-11-20T09:00:%02dZ", n%60)
				attributes[name] = value
			}
			if kind.Secret {
				secret[value] = item.Name + "." + name
			} else if name != "business" {
				plain[value] = item.Name + "." + name
			}
		}
		return attributes
	}
	person := table.PersonPartition(s.noor.Person)
	for _, item := range privacy.Items {
		switch {
		case item.Name == privacy.User.Name, item.Name == privacy.Favourite.Name, item.Name == privacy.Colleague.Name:
			s.db.Put(t, item.Store, person, item.SortPrefix+suffix(item), fill(item))
		case item.Store == privacy.Agenda && item.Name != privacy.PersonSheet.Name &&
			item.Name != privacy.SpotSheet.Name && item.Name != privacy.Cancelled.Name &&
			item.Name != privacy.Acted.Name:
			if !isMachinery(item) {
				s.agenda(t, item.SortPrefix+suffix(item), monday.Add(5*time.Minute), fill(item))
			}
		}
	}
	told, err := json.Marshal(s.view(t))
	require.NoError(t, err)
	for value, name := range plain {
		require.Contains(t, string(told), value, "%s is not in the overview", name)
	}
	for value, name := range secret {
		require.NotContains(t, string(told), value, "%s is a secret", name)
	}
	require.Greater(t, len(plain), 20)
	require.Greater(t, len(secret), 3)
}

// isMachinery tells the items that are never in a person's partition.
func isMachinery(item privacy.Item) bool {
	switch item.Name {
	case privacy.ErasureJob.Name, privacy.Farewell.Name, privacy.Erased.Name, privacy.Opening.Name,
		privacy.Attempts.Name, privacy.Waiting.Name, privacy.LiveSensor.Name,
		privacy.Staff.Name, privacy.Shift.Name, privacy.AccountLook.Name, privacy.LookMade.Name,
		privacy.ContractEnd.Name, privacy.Ended.Name, privacy.Told.Name,
		privacy.InLine.Name, privacy.Asking.Name:
		return true
	}
	return false
}

func suffix(item privacy.Item) string {
	if strings.HasSuffix(item.SortPrefix, "#") {
		return "some-id"
	}
	return ""
}

func TestWhoIsErasedWhileTheOverviewIsGatheredIsMailedNothing(t *testing.T) { // 7.erase
	s := begin(t)
	meter := &enginetest.Meter{}
	s.desk.Tables = s.db.Metered(meter)
	s.mailed(t)
	calls := meter.Usage().RoundTrips()

	again := begin(t)
	_, err := again.desk.Ask(t.Context(), again.noor, overview.AskInput{IdempotencyKey: "first-request"})
	require.NoError(t, err)
	gone := false
	again.desk.Tables = again.db.Meanwhile(calls-2,
		func() { // asking was one call, and noting that it was mailed comes after it
			gone = true
			again.db.Delete(t, privacy.Directory, table.PersonPartition(again.noor.Person), "user")
		})
	require.NoError(t, again.desk.Send(t.Context(), again.event()))
	require.True(t, gone)
	require.Empty(t, again.post.Sent())
}

func TestAMailThatWaitsAtTheSupportAddressIsToldWithItsEnd(t *testing.T) { // s.mail
	s := begin(t)
	s.desk.Received = mailtest.Inbox{address: {monday.Add(-time.Minute)}, "sam@customer.example": {monday}}
	told := section(t, s.view(t), "s.mail").Values
	require.Len(t, told, 1)
	require.Equal(t, monday.Add(-time.Minute), told[0].Value)
	require.Equal(t, monday.Add(9*time.Minute), *told[0].GoneAt)
}

func TestACancellationThatIsOnItsWayIsToldUntilTheReservationsDayEnds(t *testing.T) { // 4.d.2
	s := begin(t)
	from := civil.QuarterOf(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	ends := time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)
	id := table.ReservationID{Day: "2026-11-24", Location: s.Location.ID, Key: "aaaaaaaaaaaaaaaa"}.String()
	require.NoError(t, s.tables.AddCancellation(t.Context(), s.noor.Person, "some-id",
		table.Cancellation{Reservation: id, Spot: s.Desks[1], From: from,
			To: from + 60, At: monday.Unix()}, ends))
	told := section(t, s.view(t), "4.d.2").Values
	require.Len(t, told, 1)
	require.Equal(t, ends, *told[0].GoneAt)
	begun := monday
	require.Equal(t, overview.Reservation{Key: id, Date: "2026-11-24", From: "09:00", To: "24:00",
		Zone: "Europe/Amsterdam", Spot: s.Desks[1],
		SpotName: "3.01", Location: "Head office", State: "cancelled", Begun: &begun}, told[0].Value)
	s.db.Clock.Set(ends)
	require.Empty(t, section(t, s.view(t), "4.d.2").Values)
}

func TestAReservationIsToldInTheLocationsZoneWithItsEnd(t *testing.T) { // 4.d.2
	s := begin(t)
	desk := bookingtest.New(s.tables, s.db.Clock.Now)
	made, err := desk.Reserve(t.Context(), s.noor, booking.ReserveInput{Spot: s.Desks[1], Key: "reserve-key",
		Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "24:00"}})
	require.NoError(t, err)
	seen := section(t, s.view(t), "4.d.2")
	require.Len(t, seen.Values, 1)
	told := seen.Values[0].Value.(overview.Reservation)
	require.Equal(t, made.Reservations[0].ID, told.ID, "the id by which it is changed")
	require.EqualValues(t, []any{"2026-11-24", "09:00", "24:00", "Europe/Amsterdam", "3.01", "Head office",
		table.Reserved},
		[]any{string(told.Date), string(told.From), string(told.To), told.Zone, told.SpotName, told.Location,
			told.State})
	require.Equal(t, time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC), *seen.Values[0].GoneAt)
	require.Equal(t, "up to and including 24 November 2026", seen.Values[0].Gone.EN)
	require.Empty(t, section(t, s.view(t), "4.d.4").Values, "nobody was there yet")
}

func TestATitleIsToldUntilTheReservationsDayEnds_4_f_4(t *testing.T) {
	s := begin(t)
	desk := bookingtest.New(s.tables, s.db.Clock.Now)
	_, err := desk.Reserve(t.Context(), s.noor, booking.ReserveInput{Spot: s.Room, Key: "reserve-key",
		Period: booking.Period{Date: "2026-11-24", From: "09:00", To: "10:00"},
		Titled: booking.Titled{Title: "Budget", Shown: true}})
	require.NoError(t, err)
	seen := section(t, s.view(t), "4.f.4")
	require.Len(t, seen.Values, 1)
	require.Equal(t, "Budget", seen.Values[0].Value.(overview.Title).Title)
	require.Equal(t, time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC), *seen.Values[0].GoneAt)
	s.db.Clock.Set(*seen.Values[0].GoneAt)
	require.Empty(t, section(t, s.view(t), "4.f.4").Values)
}

func TestPresenceIsToldFromTheSpotsSheet(t *testing.T) { // 4.d.4
	s := begin(t)
	desk := bookingtest.New(s.tables, s.db.Clock.Now)
	_, err := desk.Reserve(t.Context(), s.noor, booking.ReserveInput{Spot: s.Desks[0], Key: "reserve-key",
		Period: booking.Period{Date: "2026-11-23", From: "09:00", To: "12:00"}})
	require.NoError(t, err)
	sheet, err := s.tables.SpotSheetNow(t.Context(), s.Place(s.Desks[0]), "2026-11-23")
	require.NoError(t, err)
	for id, held := range sheet.Holdings {
		at := monday.Add(3 * time.Minute)
		require.NoError(t, s.tables.CheckIn(t.Context(), s.Place(s.Desks[0]), "2026-11-23", id, held, at))
		require.NoError(t, s.tables.Sense(t.Context(), s.Place(s.Desks[0]), "2026-11-23", monday.Add(15*time.Hour),
			"sensor-1",
			table.Occupancy{Occupied: true, Since: at.Unix(), Heard: at.Unix()}, nil))
	}
	seen := section(t, s.view(t), "4.d.4")
	require.Len(t, seen.Values, 1)
	told := seen.Values[0].Value.(overview.Presence)
	require.Equal(t, monday.Add(3*time.Minute), *told.CheckedIn)
	require.Equal(t, []overview.Sensed{{Occupied: true, Since: monday.Add(3 * time.Minute)}}, told.Sensors)
	require.Equal(t, time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), *seen.Values[0].GoneAt)
	reserved := section(t, s.view(t), "4.d.2").Values[0]
	require.Equal(t, table.CheckedIn, reserved.Value.(overview.Reservation).State)
	require.Contains(t, reserved.Read.EN, "(checked in)")
}

func TestOfSecretsOnlyTheirExistenceAndDeadlineAreTold(t *testing.T) { // 7.overview
	s := begin(t)
	until := monday.Add(30 * 24 * time.Hour)
	s.agenda(t, "session#hashofatoken", until, map[string]any{"role": "user", "consent": privacy.StatementVersion,
		"used": "2026-11-23"})
	seen := section(t, s.view(t), "s.session")
	require.Len(t, seen.Values, 1)
	require.Nil(t, seen.Values[0].Value)
	require.Equal(t, until, *seen.Values[0].GoneAt)
	told, err := json.Marshal(s.view(t))
	require.NoError(t, err)
	require.NotContains(t, string(told), "hashofatoken")
	require.Equal(t, "2026-11-23", section(t, s.view(t), "4.e.1").Values[0].Value)
}

func TestWhatIsKeptOutsideOfThePersonsOwnPartitionsIsToldToo(t *testing.T) { // 7.overview
	s := begin(t)
	s.db.Put(t, privacy.Directory, "address#"+identity.Email(address).Entries(enginetest.Keys[secret.Addresses])[0],
		"address",
		map[string]any{"business": s.Business, "user": s.noor.User})
	attempts := limit.Counter{Tables: s.tables, Key: enginetest.Keys[secret.Attempts], Now: s.db.Clock.Now}
	_, err := attempts.Mail(t.Context(), limit.SignInMails, address, 0)
	require.NoError(t, err)
	require.NoError(t, attempts.CountBy(t.Context(), limit.Invitations, limit.Person(s.noor.Person), 50))
	hash := identity.Email(address).Entries(enginetest.Keys[secret.Addresses])
	_, err = s.tables.AskRegistration(t.Context(),
		table.Registration{Person: s.noor.Person, AskedAt: monday}, hash)
	require.NoError(t, err)
	second := identity.Person{Business: s.Business, User: "nooragainaaaaaaa"}
	_, err = s.tables.AskRegistration(t.Context(),
		table.Registration{Person: second, Name: "Noor once more", AskedAt: monday}, hash)
	require.NoError(t, err)
	opening := table.Opening{Person: identity.Person{Business: "elsewhereaaaaaaa", User: "noorelsewhereaaa"},
		Name: "Noor elsewhere", AskedAt: monday}
	_, err = s.tables.AskOpening(t.Context(), opening, hash)
	require.NoError(t, err)
	require.NoError(t, s.tables.CountSearch(t.Context(), s.noor.Person, s.Location.ID, "2026-11-23",
		monday.Add(15*time.Hour+time.Minute), table.SpotSearch))
	require.NoError(t, s.tables.CountUse(t.Context(), s.noor.Person, s.Location.ID, "2026-11-23",
		monday.Add(15*time.Hour+time.Minute), "find", "safari"))
	s.desk.Photos = picture("a picture")

	seen := s.view(t)
	require.Len(t, section(t, seen, "4.a.2").Values, 2)
	require.Len(t, section(t, seen, "s.attempts").Values, 2, "of the mailbox, and by the id")
	require.Equal(t, monday.Add(time.Minute), *section(t, seen, "s.attempts").Values[0].GoneAt)
	waiting := map[string][]any{}
	for _, value := range section(t, seen, "s.registration").Values {
		require.Equal(t, monday.Add(time.Hour), *value.GoneAt)
		waiting[value.Name] = append(waiting[value.Name], value.Value)
	}
	require.ElementsMatch(t, []any{"registration", "registration", "opening"}, waiting["waits"])
	require.ElementsMatch(t, []any{"Noor once more", "Noor elsewhere"}, waiting["name"])
	require.Len(t, section(t, seen, "s.confirmation").Values, 3, "each has a code")
	searches := section(t, seen, "5.transactions").Values
	require.Len(t, searches, 1)
	require.Equal(t, overview.Searched{Date: "2026-11-23", Location: "Head office", Spots: 1}, searches[0].Value)
	require.Equal(t, time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), *searches[0].GoneAt)
	pages := section(t, seen, "11.cookies").Values
	require.Len(t, pages, 1)
	require.Equal(t, overview.Opened{Date: "2026-11-23", Location: "Head office", Pages: map[string]int{"find": 1},
		Browsers: map[string]int{"safari": 1}}, pages[0].Value)
	require.Equal(t, time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC), *pages[0].GoneAt)

	read := mailtest.Read(t, s.mailed(t))
	require.Len(t, read.Attachments, 2)
	require.Equal(t, "photo.jpg", read.Attachments[1].FileName)
	require.Equal(t, "a picture", string(read.Attachments[1].Content))
}

type picture string

func (p picture) Get(context.Context, identity.Person) ([]byte, error) { return []byte(p), nil }

func TestNothingPastItsDeadlineIsTold(t *testing.T) {
	s := begin(t)
	s.agenda(t, "login", monday.Add(time.Minute), map[string]any{"ip": "192.0.2.7"})
	require.Len(t, section(t, s.view(t), "4.e.2").Values, 1)
	s.db.Clock.Move(time.Minute)
	require.Empty(t, section(t, s.view(t), "4.e.2").Values)
}

func TestWhatIsNotDeclaredIsNeverLeftOutUnnoticed(t *testing.T) {
	s := begin(t)
	s.agenda(t, "unheard-of", monday.Add(time.Hour), map[string]any{"secret": "x"})
	_, err := s.desk.View(t.Context(), s.noor, struct{}{})
	require.ErrorContains(t, err, "not declared")
}
