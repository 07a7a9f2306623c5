package screens_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/table"
)

// A lived place is a location whose days are counted.
type lived struct {
	Office
	business, location string
	zone               civil.Zone
	floors             []livedFloor
}

type livedFloor struct {
	ID, Name string
	Spots    []struct{ ID, Zone, Category string }
	Zones    []struct{ ID, Name string }
}

func (o Office) lived(t testing.TB) lived {
	t.Helper()
	var account struct{ ID string }
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/business-account", nil, &account))
	var access struct {
		Locations []struct {
			ID     string
			Zone   string `json:"time_zone"`
			Floors []struct{ ID string }
		}
	}
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/me/access", nil, &access))
	zone, err := civil.LoadZone(access.Locations[0].Zone)
	require.NoError(t, err)
	l := lived{Office: o, business: account.ID, location: access.Locations[0].ID, zone: zone}
	for _, at := range access.Locations[0].Floors {
		var floor livedFloor
		require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+at.ID, nil, &floor))
		l.floors = append(l.floors, floor)
	}
	return l
}

// weeksOfUse counts the working days of four weeks before now, as the day close does: Tuesdays are the busiest, each
// fourth person doesn't come, and on the second floor few do.
func (l lived) weeksOfUse(t testing.TB) {
	t.Helper()
	today := civil.DateOf(l.Now(), l.zone)
	for back := 28; back > 0; back-- {
		day := today.AddDays(-back)
		if !day.Weekend() {
			l.counts(t, day, 14+5*[]int{0, 1, 3, 2, 2, 0}[day.Weekday()]+back%4)
		}
	}
}

// counts keeps the figures of a day on which so many people reserved.
func (l lived) counts(t testing.TB, day civil.Date, people int) {
	t.Helper()
	sheets, zones := map[string][]table.SpotSheet{}, map[string]string{}
	for _, floor := range l.floors {
		for i, spot := range floor.Spots {
			zones[spot.ID] = spot.Zone
			if people == 0 {
				continue
			}
			people--
			from := civil.QuarterOf(day.Start(l.zone).Add(time.Duration(8+i%3) * time.Hour))
			held := table.Holding{User: fmt.Sprint(floor.ID, i), From: from, To: from + 4*civil.Quarter(4+i%5),
				State: table.CheckedIn, CheckedInAt: from.Time().Unix()}
			if i%4 == 3 {
				held.State, held.CheckedInAt = table.NoShow, 0
			}
			sheets[floor.ID] = append(sheets[floor.ID],
				table.SpotSheet{Spot: spot.ID, Holdings: map[string]table.Holding{"r": held}})
		}
	}
	figures := statistics.Count(statistics.Day{Date: day, Zone: l.zone, Sheets: sheets,
		ZoneOf: func(spot string) (string, bool) { return zones[spot], true }})
	item, err := dynamo.MarshalItem(table.DayFigures{Figures: figures})
	require.NoError(t, err)
	item["pk"] = &types.AttributeValueMemberS{Value: l.business + "#" + l.location}
	item["sk"] = &types.AttributeValueMemberS{Value: privacy.Day.SortPrefix + string(day)}
	_, err = l.Tables().PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(string(catalog.Insight)),
		Item: item})
	require.NoError(t, err)
}

// looksAtFigures is a phone on which the administrator opened the figures.
func (l lived) looksAtFigures(t testing.TB) *phone.Phone {
	t.Helper()
	p := l.phone(t)
	p.Opens("/")
	p.SignsIn(example.Administrator)
	p.Goes("#/plans")
	p.Taps("Figures")
	p.Settles()
	return p
}

// Art. 5: six come on a day, and once it is over its figures are drawn; of a day with four there is nothing to see.
func TestADayThatIsOverIsDrawnWhereFivePeopleOrMoreCame_5_transactions(t *testing.T) {
	l := ownOffice(t).lived(t)
	for n := range 6 {
		l.comes(t, l.newcomer(t, "Cam In", fmt.Sprint("cam", n, "@voorbeeld.example")))
	}
	four := make([]example.Client, 4)
	for n := range four {
		four[n] = l.newcomer(t, "Few Came", fmt.Sprint("few", n, "@voorbeeld.example"))
	}
	require.NoError(t, l.Move(24*time.Hour))
	for _, one := range four {
		l.comes(t, one)
	}
	p := l.looksAtFigures(t)
	p.Sees("Busiest on Monday at 8:00: on average 6 of 39 spots in use.")
	p.Sees("6.0")
	p.Close()

	require.NoError(t, l.Move(24*time.Hour))
	p = l.looksAtFigures(t)
	p.Sees("Busiest on Monday at 8:00: on average 6 of 39 spots in use.")
	tuesday := l.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	p.Goes("#/figures?from=" + tuesday + "&to=" + tuesday)
	p.Sees("There are no figures of these days here. A figure about fewer than five people is kept nowhere")

	user, _ := l.with(t, "Una User", "una@voorbeeld.example")
	user.Goes("#/figures")
	user.Sees("Figures are for those who manage the office.")
}

func TestFiguresOfALocationAFloorAndAZoneAreDrawnWithATableAndAFileBesideEach(t *testing.T) {
	l := ownOffice(t).lived(t)
	l.weeksOfUse(t)
	p := l.looksAtFigures(t)
	p.Sees("Busiest on Tuesday at 10:00: on average 23 of 39 spots in use.")
	p.Sees("24 of 39 spots in use")
	p.Sees("On the 15 days of which both are shown, nobody came for 92 of 389 reservations: 24%.")
	require.Equal(t, "23", p.Run(`document.querySelector(".heat tbody tr:nth-child(4) td:nth-child(3)").innerText`))
	require.Equal(t, "20 15", p.Run(`[...document.querySelectorAll("details")]
		.map(d => (d.open = true, d.querySelectorAll("tbody tr").length)).join(" ")`))
	p.Sees("Quiet")

	p.Run(`{ const make = URL.createObjectURL
		URL.createObjectURL = (file) => { window.kept = file; return make(file) } } ""`)
	for title, begins := range map[string]string{
		"Occupancy by hour and weekday": "weekday,clock,days_with_a_figure,days,spots_in_use\r\n1,09:00,",
		"Peak of each day":              "date,reservations,check_ins,no_shows,peak_clock,peak_spots_in_use\r\n",
		"No-shows":                      "date,reservations,check_ins,no_shows,peak_clock,peak_spots_in_use\r\n",
		"Use on the plan":               "floor,floor_name,zone,zone_name,spots,days_with_a_figure,check_ins\r\n",
	} {
		p.Run(`window.kept = undefined; ""`)
		p.Taps("CSV: " + title)
		p.Until("the file is kept", func() bool { return p.Run("String(!!window.kept)") == "true" })
		require.Contains(t, p.Awaits("window.kept.text()"), begins)
	}

	p.Chooses("Floor", l.floors[1].ID)
	p.Sees("of 20 spots in use")
	p.Chooses("Zone", l.floors[1].Zones[0].ID)
	p.Sees("of 10 spots in use")
	p.Chooses("Floor", l.floors[0].ID) // on which few sit in each zone
	p.Sees("Nothing of this is shown for this period; the reason is at the bottom.")
	p.Sees("nothing tells which of the three")
	p.Taps("52 weeks")
	p.Settles()
	require.Contains(t, p.Run("location.hash"), "weeks=52")
}

func TestFiguresSayThatTheyLoadAndWhatIsWrong(t *testing.T) {
	l := office(t).lived(t)
	p := l.looksAtFigures(t)
	p.Meets(phone.Refusing(http.StatusServiceUnavailable))
	p.Taps("13 weeks")
	p.Until("it says that it loads", func() bool { return p.Has("[aria-busy=true]") })
	p.Sees("Try again")
	p.Meets(nil)
	p.Taps("Try again")
	p.Sees("There are no figures of these days here.")
}

func TestFiguresAreFlawlessToAxeInBothThemesFitSmallPhonesAndLargeTextAndCanBeReachedByKey(t *testing.T) {
	l := ownOffice(t).lived(t)
	l.weeksOfUse(t)
	p := l.looksAtFigures(t)
	for _, language := range []string{"en", "nl"} {
		reads(t, l.admin, language)
		for _, address := range []string{"#/figures", "#/figures?floor=" + l.floors[0].ID} {
			p.Opens("/")
			p.Settles()
			p.Goes(address)
			p.Settles()
			p.Run(`document.querySelectorAll("details").forEach((d) => { d.open = true }); ""`)
			flawless(t, p, address+" in "+language)
			require.Empty(t, unkeyed(p), address)
		}
	}
}
