package bundle

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base32"
	"encoding/json"
	"html/template"
	"image"
	"image/color"
	"image/png"
	"strings"
)

//go:embed shell.html
var shellSource string

var shellLayout = template.Must(template.New("shell").Parse(shellSource))

// shell is the one page of the app, which names its files: the entries by what they are, and the parts of its script.
func shell(entries map[string]string, parts []string) []byte {
	var out bytes.Buffer
	if err := shellLayout.Execute(&out, map[string]any{"files": entries, "parts": parts}); err != nil {
		panic(err) // the layout is this package's own
	}
	return out.Bytes()
}

// add names a file by its content, and keeps it.
func add(made map[string][]byte, name, extension string, content []byte) string {
	sum := sha256.Sum256(content)
	full := name + "-" + base32.StdEncoding.EncodeToString(sum[:5]) + "." + extension
	made[full] = content
	return full
}

// The colours of the installed app's frame and icon; those of the screens are in tokens.css.
const paper, green = "#f6f5f0", "#0d6b4f"

func manifest(entries map[string]string) []byte {
	icon := func(of, sizes, purpose string) map[string]string {
		return map[string]string{"src": entries[of], "sizes": sizes, "type": "image/png", "purpose": purpose}
	}
	text, err := json.Marshal(map[string]any{
		"id": "/", "name": "iotspot", "short_name": "iotspot", "start_url": "/", "scope": "/",
		"display": "standalone", "background_color": paper, "theme_color": paper,
		"icons": []any{icon("icon192", "192x192", "any"), icon("icon512", "512x512", "any"),
			icon("icon512", "512x512", "maskable")},
	})
	if err != nil {
		panic(err) // texts alone
	}
	return text
}

// icons draws the app's icon: a spot on a plan.
func icons(made map[string][]byte, entries map[string]string) {
	for name, size := range map[string]int{"icon180": 180, "icon192": 192, "icon512": 512} {
		entries[name] = add(made, strings.ToLower(name), "png", icon(size))
	}
}

func icon(size int) []byte {
	back, front := color.RGBA{0x0d, 0x6b, 0x4f, 0xff}, color.RGBA{0xf6, 0xf5, 0xf0, 0xff}
	drawn := image.NewRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			drawn.SetRGBA(x, y, mixed(back, front, covered(x, y, size)))
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, drawn); err != nil {
		panic(err) // a buffer takes all
	}
	return out.Bytes()
}

// covered is how much of a pixel lies on the mark, a ring with a dot in it, from 0 to 1: 4 × 4 samples.
func covered(x, y, size int) float64 {
	const samples = 4
	hits := 0
	for i := range samples * samples {
		dx := (float64(x)+(float64(i%samples)+.5)/samples)/float64(size) - .5
		dy := (float64(y)+(float64(i/samples)+.5)/samples)/float64(size) - .5
		if d := dx*dx + dy*dy; d < .1*.1 || d > .2*.2 && d < .27*.27 {
			hits++
		}
	}
	return float64(hits) / (samples * samples)
}

func mixed(back, front color.RGBA, share float64) color.RGBA {
	part := func(b, f uint8) uint8 { return uint8(float64(b) + (float64(f)-float64(b))*share) }
	return color.RGBA{part(back.R, front.R), part(back.G, front.G), part(back.B, front.B), 0xff}
}
