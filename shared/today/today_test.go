package today_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/today"
	"github.com/iotspot/iotspot/shared/web"
)

var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) // 09:00 in Amsterdam

// An office is one of so many desks, with what shows people their days.
type office struct {
	*enginetest.Office
	db *enginetest.Database
}

func newOffice(t testing.TB, desks int) office {
	t.Helper()
	db := enginetest.New(t, monday)
	return office{db.NewOffice(t, "Europe/Amsterdam", desks), db}
}

func (o office) days(tables *table.Tables) today.Days {
	return today.Days{Bookings: booking.Bookings{Tables: tables, Now: o.db.Clock.Now},
		Colleagues: colleague.Finder{Tables: tables, Now: o.db.Clock.Now}}
}

// sits registers somebody with a name who shows it and where they are, and reserves a desk for them.
func (o office) sits(t testing.TB, name, desk string) {
	t.Helper()
	who := o.Named(t, name)
	require.NoError(t, o.db.Tables().ChangeUser(t.Context(), who.Person,
		map[privacy.Clause]any{"7.shield": []string{}}, false))
	_, err := bookingtest.New(o.db.Tables(), o.db.Clock.Now).Reserve(t.Context(), who, booking.ReserveInput{Spot: desk,
		Period: booking.Period{Date: civil.Date("2026-11-23"), From: "09:00", To: "17:00"}, Key: secret.ID()})
	require.NoError(t, err)
}

func (o office) likes(t testing.TB, who identity.Caller, names ...string) {
	t.Helper()
	for _, name := range names {
		require.NoError(t, o.db.Tables().AddColleague(t.Context(), who.Person,
			table.Colleague{ID: secret.ID(), Name: name}))
	}
}

func TestTodayIsOneAnswerWithASpotToReserveAndWhoIsIn_4_c_2(t *testing.T) {
	o := newOffice(t, 3)
	who := o.Person(t)
	o.likes(t, who, "Ben Example")
	o.sits(t, "Ben Example", o.Desks[0])
	shown, err := o.days(o.db.Tables()).Today(t.Context(), who, booking.TodayInput{})
	require.NoError(t, err)
	require.Equal(t, o.Desks[1], shown.Suggestion.Spot)
	require.Equal(t, "Ben Example", shown.Favourites[0].Name)
	require.Equal(t, o.Desks[0], shown.Favourites[0].Today[0].Spot)
}

// measure lets people ask for their day on a floor of 200 desks of which half are reserved.
func measure(b *testing.B, most enginetest.Budget, prepare func(o office, who identity.Caller)) {
	o := newOffice(b, 200)
	for i := range 100 {
		o.sits(b, fmt.Sprintf("Willem-Alexander van Voorbeeld %03d", i), o.Desks[i])
	}
	var meter enginetest.Meter
	tables := o.db.Metered(&meter)
	serve := web.Handler(bearer.Callers{Tables: tables, Now: o.db.Clock.Now}.Claim, o.days(tables).Routes()...)
	most.Measure(b, &meter, func(int) func() error {
		who, token := o.SignedIn(b)
		require.NoError(b, o.db.Tables().AddFavourite(b.Context(), who.Person,
			table.Favourite{Location: o.Location.ID, Floor: o.Floor, Spot: o.Desks[150]}))
		prepare(o, who)
		request := web.Request{RouteKey: api.ShowToday.Operation().RouteKey(),
			Headers: map[string]string{"Authorization": "Bearer " + token}}
		return func() error {
			response, err := serve(b.Context(), request)
			if err == nil && response.StatusCode != 200 {
				err = fmt.Errorf("%d %s", response.StatusCode, response.Body)
			}
			return err
		}
	})
}

func BenchmarkToday(b *testing.B) {
	measure(b, enginetest.Budget{Read: 9.5, Trips: 9, InARow: 8}, func(office, identity.Caller) {})
}

// Two of the names are of people who are in, in an account of some hundred and twenty people.
func BenchmarkTodayWithThreeFavourites(b *testing.B) {
	measure(b, enginetest.Budget{Read: 17.5, Trips: 18, InARow: 9}, func(o office, who identity.Caller) {
		o.likes(b, who, "Willem-Alexander van Voorbeeld 007", "Willem-Alexander van Voorbeeld 042", "Nobody Here")
	})
}

func TestTodayTellsTheLanguageOfMembersAndGuests(t *testing.T) {
	o := newOffice(t, 1)
	who := o.Person(t)
	require.NoError(t, o.db.Tables().ChangeUser(t.Context(), who.Person, map[privacy.Clause]any{"4.language": "nl"},
		false))
	shown, err := o.days(o.db.Tables()).Today(t.Context(), who, booking.TodayInput{})
	require.NoError(t, err)
	require.Equal(t, "nl", shown.Language)

	guest := identity.Caller{Person: identity.Person{Business: o.Business, User: secret.ID()}, Role: identity.Guest,
		Location: o.Location.ID}
	require.NoError(t, o.db.Tables().Invite(t.Context(), who.Person, secret.ID(), table.Guest{Person: guest.Person,
		Language: "nl", Location: o.Location.ID, ClosesAt: monday.Add(time.Hour)}))
	shown, err = o.days(o.db.Tables()).Today(t.Context(), guest, booking.TodayInput{})
	require.NoError(t, err)
	require.Equal(t, "nl", shown.Language)
}
