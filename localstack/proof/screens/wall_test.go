package screens_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// hangs opens a browser on a wall at a place, "/spots/…" or "/floors/…", and gives it its place.
func (o Office) hangs(t *testing.T, place string) (p *phone.Phone, id string) {
	t.Helper()
	p = phone.New(t, o.Stack, "")
	p.Resize(1280, 800)
	p.Opens("/#/display")
	p.Until("it shows a code", func() bool { return p.Has(".wall-code") })
	if place != "" {
		var made struct{ ID string }
		require.NoError(t, o.admin.Send(t.Context(), "POST", place+"/displays", map[string]any{
			"code": p.Run("document.querySelector('.wall-code').textContent")}, &made))
		id = made.ID
		p.Until("it has its place", func() bool { return !p.Has(".wall-code") && p.Has("main h1") })
	}
	return p, id
}

// pictured keeps a picture where the pictures are taken.
func pictured(t *testing.T, p *phone.Phone, name string, width, height int64) {
	t.Helper()
	if *take == "" {
		return
	}
	for _, theme := range []string{"light", "dark"} {
		p.Resize(width, height)
		p.Theme(theme)
		require.NoError(t, os.WriteFile(filepath.Join(*take, name+"-"+theme+".png"), p.Picture(false), 0o644))
	}
}

// 4.f.1, 4.f.4, 9.cache, 8.security: a door shows names and titles of who chose so, for a minute without contact and no
// longer, keeps neither on the device, and is of no use once it was revoked.
func TestADoorShowsWhatPeopleChoseForgetsItWithoutContactAndIsWorkedByKeyboard_4_f_1_4_f_4_9_cache(t *testing.T) {
	o := office(t)
	room, who := o.desk(t, "Rembrandt"), o.newcomer(t, "Noor Naamgever", "noor.n@voorbeeld.example")
	require.NoError(t, who.Send(t.Context(), "PATCH", "/me", map[string]any{"name_at_room": true}, nil))
	date := o.Now().Format("2006-01-02")
	require.NoError(t, who.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": room, "date": date,
		"from": "10:30", "to": "12:00", "title": "Jaarbegroting", "title_shown": true}, nil))

	p, _ := o.hangs(t, "")
	flawless(t, p, "a display without a place")
	admin := o.phone(t)
	admin.Opens("/")
	admin.SignsIn(example.Administrator)
	admin.Goes("#/displays/" + o.floor(t))
	admin.Fills(admin.Word("screens/displays", "code"), p.Run("document.querySelector('.wall-code').textContent"))
	admin.Chooses(admin.Word("screens/displays", "place"), room)
	admin.Taps(admin.Word("screens/displays", "pair"))
	admin.Sees(admin.Word("screens/displays", "paired"))
	flawless(t, admin, "the list of displays")

	p.Sees("Jaarbegroting · Noor Naamgever")
	flawless(t, p, "a door")
	pictured(t, p, "door-free", 1280, 800)
	pictured(t, p, "door-small", 800, 480)
	pictured(t, p, "door-phone", 390, 844)
	p.Resize(1280, 800)
	p.TabsTo("30 min")
	p.Presses(kb.Enter)
	p.Sees(p.Word("wall/door", "occupied"))
	flawless(t, p, "a room that was taken at its door")
	pictured(t, p, "door-taken", 800, 480)
	p.TabsTo(p.Word("wall/door", "end"))
	p.Presses(kb.Enter)
	p.Sees(p.Word("wall/door", "book"))
	require.NotContains(t, p.Run("location.href"), "d"+p.Run("localStorage['iotspot.display'].slice(1)"))

	p.Meets(phone.Cut)
	p.Run("globalThis.apart += 59_000; ''")
	p.Sees("Jaarbegroting")
	p.Run("globalThis.apart += 2_000; ''")
	p.Until("names and titles are gone", func() bool { return !p.Shows("Jaarbegroting") && !p.Shows("Noor") })
	p.Sees(p.Word("wall/door", "reserved"))
	p.Sees("No connection")
	require.Empty(t, p.Keeps("Jaarbegroting", "Noor Naamgever"))
	flawless(t, p, "a door without contact")
	pictured(t, p, "door-silent", 800, 480)
	p.Run("globalThis.apart += 16 * 3600_000; ''")
	p.Sees(p.Word("wall/wall", "waitingabout"))

	p.Run("globalThis.apart -= 16 * 3600_000 + 61_000; ''")
	p.Meets(nil)
	admin.Resize(390, 844)
	admin.Run("globalThis.confirm = () => true; ''")
	admin.Taps("Revoke: ")
	admin.Sees(admin.Word("screens/displays", "revoked"))
	p.Opens("/#/display")
	p.Sees(p.Word("wall/wall", "title"))
	require.Equal(t, "null", p.Run("String(localStorage.getItem('iotspot.display'))"))
}

func TestALobbyAndADesksPaperAreFlawlessToAxe(t *testing.T) {
	o := office(t)
	lobby, _ := o.hangs(t, "/floors/"+o.floor(t))
	lobby.Sees("Rembrandt")
	flawless(t, lobby, "a lobby")
	pictured(t, lobby, "lobby", 1920, 1080)
	pictured(t, lobby, "lobby-phone", 390, 844)
	desk, _ := o.hangs(t, "/spots/"+o.desk(t, "0.01"))
	desk.Until("its picture is there", func() bool { return desk.Has(".paper img[alt^='0.01: ']") })
	flawless(t, desk, "a desk's paper")
	pictured(t, desk, "paper", 800, 480)
}
