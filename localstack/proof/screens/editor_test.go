package screens_test

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
)

// floorplan is a drawing as an architect's program exports it, with a script that no image runs.
const floorplan = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" width="1200" height="800">
<script>document.title = "taken over"</script>
<path d="M40 40H1160V760H40zM40 300H400V40M760 40V300H1160M560 760V520H1160"
	fill="none" stroke="#333" stroke-width="10"/>
</svg>`

type drawnFloor struct {
	ID, Location string
	Revision     int
	Plan         bool
	Zones        []struct{ ID, Name string }
	Spots        []struct {
		ID, Name, Type, Zone string
		X, Y                 float64
		Sensors              []string
	}
}

// drawn is a floor as the API has it.
func (o Office) drawn(t testing.TB, id string) (floor drawnFloor) {
	t.Helper()
	require.NoError(t, o.admin.Send(t.Context(), "GET", "/floors/"+id, nil, &floor))
	return floor
}

// atDesk is an administrator's browser on a desk, signed in.
func (o Office) atDesk(t testing.TB) *phone.Phone {
	t.Helper()
	p := o.phone(t)
	p.Resize(1440, 900)
	p.Opens("/")
	p.SignsIn(example.Administrator)
	p.Sees("Good morning")
	return p
}

// newFloor adds a floor and comes to its drawing.
func newFloor(p *phone.Phone, name string) (id string) {
	p.Goes("#/plans")
	p.Taps("New floor")
	p.Fills("Name", name)
	p.Taps("Add and draw")
	p.Sees("Place them")
	return p.Run(`location.hash.slice("#/editor/".length)`)
}

func TestAFloorIsDrawnWithItsImageRowsNamesAndZones_3_e_3_f(t *testing.T) {
	o := office(t)
	p := o.atDesk(t)
	id := newFloor(p, "Drawn floor")
	file := filepath.Join(t.TempDir(), "floor.svg")
	require.NoError(t, os.WriteFile(file, []byte(floorplan), 0o600))
	p.Uploads(file)
	p.Sees("The drawing is in place")
	require.NotEqual(t, "taken over", p.Run("document.title"))
	p.Fills("Name of the first", "3.09")
	p.Taps("Place them")
	p.Sees("12 spots")
	p.Chooses("Zone", "new")
	p.Fills("Name of the zone", "Quiet")
	p.Taps("Add")
	p.Taps("Done")
	p.Sees("Quiet")
	require.Empty(t, audit(p))
	p.Taps("Save")
	p.Sees("12 spots, saved")
	floor := o.drawn(t, id)
	require.True(t, floor.Plan)
	require.Len(t, floor.Zones, 1)
	for i, spot := range floor.Spots {
		require.Equal(t, fmt.Sprintf("3.%02d", 9+i), spot.Name)
		require.Equal(t, floor.Zones[0].ID, spot.Zone)
	}

	p.TabsTo("3.09, desk")
	p.Presses(kb.Enter)
	p.Presses(kb.ArrowRight + kb.ArrowRight)
	p.Presses(kb.Escape + kb.ArrowRight)
	require.Contains(t, p.Focused(), "3.10")
	p.Taps("Undo")
	p.Sees("12 spots, saved")
	p.Taps("Redo")
	p.Taps("Save")
	p.Sees("12 spots, saved")
	require.InDelta(t, floor.Spots[0].X+0.005, o.drawn(t, id).Spots[0].X, 0.0002)
}

func TestWhatASaveCancelsIsListedFirstAndSomebodyElsesEditIsShownBesideOnesOwn(t *testing.T) {
	o := office(t)
	tomorrow := o.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	colleague := o.newcomer(t, "Cor Colleague", "cor@voorbeeld.example")
	id := newFloorOf(t, o, 3)
	spots := o.drawn(t, id).Spots
	require.NoError(t, colleague.Send(t.Context(), "POST", "/reservations", map[string]any{"spot": spots[1].ID,
		"date": tomorrow, "from": "09:00", "to": "12:00"}, nil))
	p := o.atDesk(t)
	p.Goes("#/editor/" + id)
	p.Settles()
	require.NoError(t, o.admin.Send(t.Context(), "PATCH", "/spots/"+spots[0].ID, map[string]any{"y": 0.5}, nil))
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/floors/"+id+"/spots", map[string]any{"name": "7.99",
		"category": "workplace", "type": "desk", "x": 0.9, "y": 0.9}, nil))
	p.Taps("7.000, ")
	p.Presses(kb.ArrowRight)
	p.Taps("7.001, ")
	p.Taps("Remove")
	p.Taps("Save")
	p.Sees("Somebody was first")
	p.Sees("7.99 is new")
	p.Sees("7.000 has moved")
	require.Empty(t, audit(p))
	p.Taps("Look at the plan first")
	require.Equal(t, "7.000 44px, 7.001 44px, 7.99 44px", p.Run(`[...document.querySelectorAll(".ghost")]
		.map(e => e.textContent + " " + getComputedStyle(e).width).sort().join(", ")`),
		"what they have otherwise is in dashes, and nothing else")
	p.Taps("Choose what stays")
	p.Taps("Put mine with theirs")
	p.Taps("Save")
	p.Sees("This cancels reservations")
	require.Contains(t, p.Run("document.querySelector('dialog').innerText"), "9:00")
	require.Empty(t, audit(p))
	p.Taps("Save nothing")
	require.Len(t, o.drawn(t, id).Spots, 4)
	p.Taps("Save")
	p.Taps("Cancel them and mail their people")
	p.Sees("3 spots, saved")
	var kept struct{ Reservations []any }
	require.NoError(t, colleague.Send(t.Context(), "GET", "/me/agenda?from="+tomorrow+"&to="+tomorrow, nil, &kept))
	require.Empty(t, kept.Reservations)
}

func TestASpotIsPlacedByAClickAndThoseWithinAnOutlineAreAlignedAndCopied_3_f(t *testing.T) {
	o := office(t)
	id := newFloorOf(t, o, 0)
	floor := o.drawn(t, id)
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/floors/"+id+"/layout", map[string]any{
		"revision": floor.Revision, "zones": []any{}, "spots": []any{spotAt("new-00001", "A1", 0.2, 0.3),
			spotAt("new-00002", "A2", 0.26, 0.6), spotAt("new-00003", "A3", 0.7, 0.3)}}, nil))
	p := o.atDesk(t)
	p.Goes("#/editor/" + id)
	p.Settles()
	left, top := seatAt(t, p, "A1")
	right, bottom := seatAt(t, p, "A3")
	_, below := seatAt(t, p, "A2")

	p.Taps("New spot")
	p.Drags([2]float64{right, below})
	p.Until("the new spot goes on from the last name", func() bool { return p.Shows("A4") })
	require.Contains(t, p.Focused(), "A4", "so that the arrow keys move it")
	p.Taps("Done")

	p.Taps("Outline") // around the two at the left, with a bow around the others
	p.Drags([2]float64{left - 60, top - 40}, [2]float64{left + 140, bottom - 40},
		[2]float64{left + 150, below + 50}, [2]float64{left - 60, below + 50})
	p.Sees("2 spots")
	p.Taps("In a column")
	p.Taps("Copy")
	require.Equal(t, "2", p.Run(`String(document.querySelectorAll(".drawing [aria-pressed=true]").length)`),
		"the copies are picked, to be moved")
	p.Taps("Save")
	p.Sees("6 spots, saved")
	at := map[string][2]float64{}
	for _, spot := range o.drawn(t, id).Spots {
		at[spot.Name] = [2]float64{spot.X, spot.Y}
	}
	require.Len(t, at, 6)
	require.InDelta(t, 0.23, at["A1"][0], 0.001)
	require.InDelta(t, 0.23, at["A2"][0], 0.001)
	require.InDelta(t, 0.7, at["A4"][0], 0.01)
	require.InDelta(t, 0.6, at["A4"][1], 0.01)
	require.InDelta(t, at["A5"][0], at["A6"][0], 0.0001, "copies stand as what they are copies of")
}

func spotAt(id, name string, x, y float64) map[string]any {
	return map[string]any{"id": id, "name": name, "category": "workplace", "type": "desk", "x": x, "y": y}
}

// seatAt is where a spot is in the window, in px.
func seatAt(t testing.TB, p *phone.Phone, name string) (x, y float64) {
	t.Helper()
	_, err := fmt.Sscan(p.Run(`{ const b = [...document.querySelectorAll(".drawing [data-spot]")]
		.find(e => e.textContent === %q).getBoundingClientRect(); b.left + b.width / 2 + " " + (b.top + b.height / 2) }`,
		name), &x, &y)
	require.NoError(t, err)
	return x, y
}

// Debian's Chromium reads no codes: a reader as phones have one stands in, which finds in a photo what is written in
// it.
const reader = `globalThis.BarcodeDetector = class {
	async detect(image) { return image.width === 9 ? [{ rawValue: "https://maker.example/about" },
		{ rawValue: "LW:D0:1122334455667788:24E124535B316056:AABB1122" }] : [] }
}; ''`

func TestASensorsCodeIsReadFromItsPhotoWhichStaysOnTheDevice(t *testing.T) {
	o := office(t)
	p := o.atDesk(t)
	p.Run(reader)
	p.Goes("#/editor/" + newFloorOf(t, o, 2))
	p.Taps("7.001, ")
	p.Taps("0 sensors")
	p.Sees("Photograph the code")
	code := `document.querySelector(".picked form.stack .field input").value`
	before := len(p.Asked())
	p.Uploads(photoOf(t, 4))
	p.Sees("No code can be read in the photo")
	p.Uploads(photoOf(t, 9))
	p.Until("the sensor's own number is filled in", func() bool { return p.Run(code) == "24e124535b316056" })
	require.False(t, p.Shows("No code can be read"))
	require.Empty(t, p.Since(before), "nobody is sent the photo")
	p.Taps("Tie to 7.001")
	p.Sees("not allotted to your organisation")
}

// photoOf is a file with a picture of so many px.
func photoOf(t testing.TB, wide int) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "photo.png"))
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, image.NewGray(image.Rect(0, 0, wide, wide))))
	require.NoError(t, file.Close())
	return file.Name()
}

func TestASensorIsTiedByTheCodeOnIt(t *testing.T) {
	o := office(t)
	p := o.atDesk(t)
	p.Goes("#/editor/" + newFloorOf(t, o, 2))
	p.Taps("7.001, ")
	p.Taps("0 sensors")
	p.Fills("Code on the sensor", "LW:D0:1122334455667788:24E124535B316056:AABB1122")
	p.Taps("Tie to 7.001")
	p.Sees("not allotted to your organisation")
}

func TestDraggingAHundredOfAThousandSpotsTouchesNoneOfTheOthers(t *testing.T) {
	o := quietOffice(t)
	id := newFloorOf(t, o, 1000)
	p := o.atDesk(t)
	p.Goes("#/editor/" + id)
	p.Settles()
	p.Run(`document.querySelector(".tools").scrollIntoView(); ''`)
	dragged := p.Awaits(dragging)
	t.Logf("dragging 100 of 1,000 spots: %s", dragged)
	require.Contains(t, dragged, " picked, 0 others touched")
}

// dragging picks a hundred spots with a frame and drags them for 120 frames: how many others the page changed
// meanwhile, and how long the median and the slowest twentieth of the frames took, which is the machine's as much as
// the page's.
const dragging = `(async () => {
	const frame = document.querySelector(".drawing .plan-frame"), box = frame.getBoundingClientRect()
	const at = (type, x, y, on = frame) => on.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1,
		pointerType: "mouse", button: 0, clientX: x, clientY: y, altKey: false }))
	frame.setPointerCapture = () => {}
	const seats = [...document.querySelectorAll(".drawing [data-spot]")].map(e => e.getBoundingClientRect())
	const some = seats.slice(0, 100), of = (k, f) => f(...some.map(b => b[k]))
	at("pointerdown", of("left", Math.min) - 1, of("top", Math.min) - 1)
	at("pointermove", of("right", Math.max), of("bottom", Math.max))
	at("pointerup", of("right", Math.max), of("bottom", Math.max))
	await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame)
	const picked = document.querySelectorAll(".drawing [aria-pressed=true]")
	const lead = picked[0], b = lead.getBoundingClientRect()
	at("pointerdown", b.left + 4, b.top + 4, lead)
	const others = new Set()
	new MutationObserver(all => { for (const { target } of all) if (target.closest?.("[data-spot][aria-pressed=false]"))
		others.add(target) }).observe(frame, { attributes: true, childList: true, characterData: true, subtree: true })
	const took = []
	let before = performance.now()
	for (let i = 1; i <= 120; i++) {
		at("pointermove", b.left + 4 + i, b.top + 4 + i / 2, lead)
		await new Promise(requestAnimationFrame)
		took.push(performance.now() - before)
		before = performance.now()
	}
	at("pointerup", b.left + 124, b.top + 64, lead)
	await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame)
	took.sort((a, b) => a - b)
	return picked.length + " picked, " + others.size + " others touched, median " +
		took[60].toFixed(1) + " ms, 95 % " + took[114].toFixed(1) + " ms"
})()`

// newFloorOf is a floor of so many desks.
func newFloorOf(t testing.TB, o Office, n int) string {
	t.Helper()
	var made drawnFloor
	location := o.drawn(t, o.floor(t)).Location
	require.NoError(t, o.admin.Send(t.Context(), "POST", "/locations/"+location+"/floors",
		map[string]any{"name": "Large " + t.Name(), "level": 7}, &made))
	spots := make([]map[string]any, n)
	for i := range spots {
		spots[i] = map[string]any{"id": fmt.Sprintf("new-%05d", i), "name": fmt.Sprintf("7.%03d", i),
			"category": "workplace", "type": "desk", "x": float64(i%40+1) / 42, "y": float64(i/40+1) / 28}
	}
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/floors/"+made.ID+"/layout",
		map[string]any{"revision": made.Revision, "zones": []any{}, "spots": spots}, nil))
	return made.ID
}
