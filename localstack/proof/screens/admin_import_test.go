package screens_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// depot is a file of another building; `place` is what it says of its second desk.
func depot(place string) string {
	return "location;address;latitude;longitude;time_zone;floor;level;zone;spot;type;x;y\n" +
		"Depot;Dok 3, Utrecht;52,1;5,1;Europe/Amsterdam;Hall;0;Quiet;D1;desk;0,1;0,5\n" +
		"Depot;;;;;Hall;0;;D2;" + place + "\n"
}

func TestAFilesFaultsAreShownAtTheirLinesAndWhatItWouldChangeBeforeItIsLoaded_3_f(t *testing.T) {
	o := ownOffice(t)
	there := o.locations(t)
	p := o.administers(t, "From a file")
	file := filepath.Join(t.TempDir(), "depot.csv")
	chooses := func(content string) {
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
		p.Uploads(file)
	}
	chooses(depot(`<img src=x onerror=document.title='taken'>;3,0;0,5`))
	p.Sees("Nothing was changed: the file has 2 faults")
	p.Sees("Line 3")
	require.Contains(t, p.Run(`document.querySelector("code").innerText`), "D2;<img", "the line as it stands in the file")
	require.Contains(t, p.Run(`[...document.querySelectorAll(".wrongly")].map((e) => e.innerText).join("|")`), "x: ")
	require.NotEqual(t, "taken", p.Run("document.title"))
	flawless(t, p, "a file with faults")

	before := len(p.Asked())
	chooses(depot("seat;0,3;0,5"))
	p.Sees("1 location, 1 floor, 1 zone, 2 spots")
	p.Sees("Line 3")
	flawless(t, p, "what a file would change")
	require.Equal(t, []string{"POST /business-account/import/trial"}, p.Since(before))
	require.Equal(t, there, o.locations(t))
	p.Taps("Load the file")
	p.Sees("Loaded: 1 location, 1 floor, 1 zone, 2 spots.")
	require.Equal(t, there+1, o.locations(t))
	chooses(depot("seat;0,3;0,5"))
	p.Sees("nothing changes")
}

// locations are how many the account has.
func (o Office) locations(t testing.TB) int {
	t.Helper()
	var all struct{ Locations []struct{ ID string } }
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/locations", nil, &all))
	return len(all.Locations)
}

func TestWhatAFileWouldDoToReservationsIsAskedBeforeItIsLoaded(t *testing.T) {
	o := ownOffice(t)
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/business-account/import",
		[]byte(depot("desk;0,3;0,5")), nil))
	var all struct {
		Locations []struct {
			Name   string
			Floors []struct{ ID string }
		}
	}
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/locations", nil, &all))
	hall := all.Locations[0].Floors[0].ID
	if all.Locations[1].Name == "Depot" {
		hall = all.Locations[1].Floors[0].ID
	}
	spots := o.drawn(t, hall).Spots
	spot := spots[0].ID
	if spots[1].Name == "D2" {
		spot = spots[1].ID
	}
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": spot,
		"date": o.Now().AddDate(0, 0, 1).Format(time.DateOnly), "from": "09:00", "to": "12:00"}, nil))
	p := o.administers(t, "From a file")
	file := filepath.Join(t.TempDir(), "depot.csv")
	require.NoError(t, os.WriteFile(file, []byte(depot("seat;0,3;0,5")), 0o600))
	p.Uploads(file)
	p.Sees("fewer than five people")
	p.Sees("9:00")
	p.Taps("Load the file")
	p.Sees("reservations")
	require.False(t, p.Shows("Loaded:"))
	p.Chooses("What becomes of them?", "cancel")
	p.Taps("Load the file")
	p.Sees("Loaded: 1 spot.")
}

func TestSilentSensorsAreFirstAndTheHourAtWhichOneSpokeIsNotShown_4_d_4(t *testing.T) {
	o := ownOffice(t)
	p := o.administers(t, "Sensors")
	p.Sees("Not heard yet")
	p.Sees("Silent")
	flawless(t, p, "the sensors")
	require.NotRegexp(t, `\d:\d\d`, p.Run(`document.querySelector("main").innerText`))
}
