package display

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/words"
)

// ImageInput says how large a panel is, in pixels.
type ImageInput struct {
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Language string `json:"language"`
}

// A Panel is the image that a panel of e-paper shows.
type Panel []byte

// Content is a PNG.
func (p Panel) Content() (mediaType string, body []byte) { return "image/png", p }

// Image draws the display's spot in black and white. It is drawn of what stays the same until something changes: no
// clock, no name and no title.
func (d Displays) Image(ctx context.Context, caller identity.Caller, in ImageInput) (Panel, error) {
	s, err := d.spot(ctx, caller)
	if err != nil {
		return nil, err
	}
	open, err := s.openAt(s.spot.Ruled())
	if err != nil {
		return nil, err
	}
	lines := s.lines(s.glance(s.spot.ID, s.spot.FloorSpot, s.sheet, open), open, cmp.Or(in.Language, "nl"))
	return paint(image.Pt(cmp.Or(in.Width, 400), cmp.Or(in.Height, 300)), lines)
}

// The words of a panel.
var (
	states = map[booking.SpotState]words.Text{
		booking.Free: {NL: "Vrij", EN: "Free"}, booking.Unknown: {NL: "Vrij", EN: "Free"},
		booking.Held: {NL: "Gereserveerd", EN: "Reserved"}, booking.Occupied: {NL: "Bezet", EN: "Occupied"},
		booking.OutOfService: {NL: "Buiten gebruik", EN: "Out of service"},
	}
	shut  = words.Text{NL: "Gesloten", EN: "Closed"}
	until = words.Text{NL: "tot", EN: "until"}
	then  = words.Text{NL: "daarna gereserveerd tot", EN: "then reserved until"}
)

// A panel's lines: the place's name, the state in white on black where it can't be had, until when, and what then.
type lines struct {
	name, state, until, then string
	taken                    bool
}

func (s spot) lines(seen Glance, open civil.Interval, language string) lines {
	l := lines{name: s.spot.Name, state: states[seen.Now].In(language)}
	free := seen.Now == booking.Free || seen.Now == booking.Unknown
	l.taken = !free
	if free && open.To == open.From {
		l.state = shut.In(language)
	}
	if seen.Until == "" {
		return l
	}
	l.until = until.In(language) + " " + string(seen.Until)
	for _, coming := range s.coming() {
		if free && coming.From == seen.Until {
			l.then = then.In(language) + " " + string(coming.To)
		}
	}
	return l
}

var twoColours = color.Palette{color.White, color.Black}

// paint sets the lines below each other, as large as the panel allows.
func paint(size image.Point, l lines) (Panel, error) {
	grey := image.NewGray(image.Rectangle{Max: size})
	draw.Draw(grey, grey.Bounds(), image.White, image.Point{}, draw.Src)
	unit, margin := float64(min(size.Y, size.X*3/4)), size.X/20
	paper := page{grey, margin}
	band := image.Rect(0, size.Y*27/100, size.X, size.Y*66/100)
	ink := image.Black
	if l.taken {
		draw.Draw(grey, band, image.Black, image.Point{}, draw.Src)
		ink = image.White
	}
	err := paper.line(gobold.TTF, l.name, unit*.15, size.Y*19/100, image.Black)
	for _, next := range []struct {
		text  string
		face  []byte
		large float64
		below int
		ink   image.Image
	}{
		{l.state, gobold.TTF, unit * .3, size.Y * 56 / 100, ink},
		{l.until, gobold.TTF, unit * .16, size.Y * 82 / 100, image.Black},
		{l.then, goregular.TTF, unit * .08, size.Y * 94 / 100, image.Black},
	} {
		if err == nil {
			err = paper.line(next.face, next.text, next.large, next.below, next.ink)
		}
	}
	if err != nil {
		return nil, err
	}
	return encode(grey)
}

// encode makes every pixel black or white.
func encode(grey *image.Gray) (Panel, error) {
	panel := image.NewPaletted(grey.Bounds(), twoColours)
	for i, level := range grey.Pix {
		if level < 128 {
			panel.Pix[i] = 1
		}
	}
	var written bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&written, panel)
	return written.Bytes(), err
}

// A page is written on within its margins.
type page struct {
	*image.Gray
	margin int
}

// line writes a line of text on a base, smaller where it would be too wide, and cut off where that is not enough.
func (p page) line(ttf []byte, text string, size float64, base int, ink image.Image) error {
	if text == "" {
		return nil
	}
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		return err
	}
	wide, least := fixed.I(p.Bounds().Dx()-2*p.margin), size/3
	for {
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			return err
		}
		if font.MeasureString(face, text) > wide && size > least {
			size *= .9
			continue
		}
		pen := font.Drawer{Dst: p.Gray, Src: ink, Face: face, Dot: fixed.P(p.margin, base)}
		pen.DrawString(text)
		return nil
	}
}
