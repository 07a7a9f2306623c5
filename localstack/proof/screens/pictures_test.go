package screens_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/build"
)

var take = flag.String("take", "", "folder in which the screens are taken anew as pictures: shared/app/pictures")

// pictures are those of the README: on a phone and on a desk, by day and by night.
var pictures = []struct {
	name, screen, theme string
	width, height       int64
}{
	{"today", "#/", "light", 390, 844}, {"my-data", "#/data", "dark", 390, 844},
	{"floor", "#/floor/{floor}?date={tomorrow}", "light", 1280, 800},
}

func TestThePicturesOfTheREADMEAreThereAndCanBeTakenAnew(t *testing.T) {
	o := office(t)
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	for _, colleague := range []string{"daan", "noor", "sem"} {
		takes(t, o.newcomer(t, colleague, colleague+"@voorbeeld.example"), tomorrow)
	}
	client := o.newcomer(t, "Femke Jansen", "femke@voorbeeld.example")
	p := o.phone(t)
	p.Opens("/")
	p.SignsIn("femke@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Taps("I am here")
	p.Sees("checked in")
	p.Until("what was said is gone", func() bool { return !p.Has(".toast > span") })
	var today struct{ Reservations []struct{ Floor string } }
	require.NoError(t, client.Send(t.Context(), "GET", "/me/today", nil, &today))
	for _, picture := range pictures {
		p.Resize(picture.width, picture.height)
		p.Theme(picture.theme)
		p.Goes(strings.NewReplacer("{floor}", today.Reservations[0].Floor, "{tomorrow}", tomorrow).Replace(picture.screen))
		p.Settles()
		taken, file := p.Picture(false), picture.name+".png"
		require.Greater(t, len(taken), 10_000, "it shows something")
		if *take != "" {
			require.NoError(t, os.MkdirAll(filepath.Join(build.Root(), *take), 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(build.Root(), *take, file), taken, 0o644))
		}
		kept, err := os.Stat(filepath.Join(build.Root(), "shared", "app", "pictures", file))
		require.NoError(t, err)
		require.Less(t, kept.Size(), int64(120_000), "small enough to keep")
	}
}
