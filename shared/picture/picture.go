// Package picture makes profile photos (4.b.6) and floor plans (3.e): pictures alone, drawn anew from what was given,
// so that no EXIF data, position or anything else hidden in a file survives.
package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // one of the formats that are read

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // and another
)

// A Size is how large a picture may be.
type Size struct {
	Pixels int // of what is given: a small file can unpack to a picture that fills the memory
	Side   int // of the square in which what is kept fits
	Bytes  int // of what is kept
}

// The sizes. An answer of a function holds 6 MB at most, a picture in it in base64.
var (
	Photo = Size{Pixels: 16_000_000, Side: 512, Bytes: 1 << 20}
	Plan  = Size{Pixels: 32_000_000, Side: 2400, Bytes: 4 << 20}
)

// Errors of pictures that are not accepted.
var (
	ErrFormat = errors.New("picture: this is not a picture in JPEG, PNG or WebP")
	ErrSize   = errors.New("picture: the picture has too many pixels or scans, or none, or is too detailed to keep")
)

// maxScans is how many times a JPEG may go over the picture. Ten are usual for one that gets clearer while it loads;
// each takes a few bytes of the file and the time of the whole picture.
const maxScans = 64

// scans counts the scans of a JPEG up to its end, as its reader finds them: segments have a length, and what is
// between them, the compressed data, has no other marker in it than those of a restart.
func scans(file []byte) int {
	n := 0
	for at := 2; at+4 <= len(file); {
		switch marker := file[at+1]; {
		case file[at] != 0xff || marker == 0xff || marker == 0:
			at++
		case marker == 0xd9: // the end: what is behind it is not read
			return n
		case marker >= 0xd0 && marker <= 0xd7: // a restart
			at += 2
		default:
			if marker == 0xda {
				n++
			}
			at += 2 + int(file[at+2])<<8 + int(file[at+3])
		}
	}
	return n
}

// Redraw turns a JPEG, PNG or WebP into a JPEG within the size, upright, on white where it was transparent.
func Redraw(file []byte, size Size) ([]byte, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, ErrFormat
	}
	if config.Width < 1 || config.Height < 1 || config.Width > size.Pixels/config.Height {
		return nil, ErrSize
	}
	if format == "jpeg" && scans(file) > maxScans {
		return nil, ErrSize
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, ErrFormat
	}
	small := shrink(picture, size.Side)
	if format == "jpeg" {
		small = upright(small, orientation(file))
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: 85}); err != nil {
		return nil, err
	}
	if out.Len() > size.Bytes {
		return nil, ErrSize
	}
	return out.Bytes(), nil
}

func shrink(picture image.Image, side int) *image.RGBA {
	bounds := picture.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if longest := max(width, height); longest > side {
		width, height = max(width*side/longest, 1), max(height*side/longest, 1)
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, bounds, draw.Over, nil)
	return small
}

// upright turns a picture as its EXIF orientation says: cameras store what the sensor saw.
func upright(picture *image.RGBA, orientation int) *image.RGBA {
	width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
	if orientation >= 5 {
		width, height = height, width
	}
	turned := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			fromX, fromY := source(orientation, x, y, width, height)
			turned.SetRGBA(x, y, picture.RGBAAt(fromX, fromY))
		}
	}
	return turned
}

// source is where the pixel at x, y of the upright picture comes from, for the eight orientations of EXIF.
func source(orientation, x, y, width, height int) (int, int) {
	right, bottom := width-1-x, height-1-y
	switch orientation {
	case 2:
		return right, y
	case 3:
		return right, bottom
	case 4:
		return x, bottom
	case 5:
		return y, x
	case 6:
		return y, right
	case 7:
		return bottom, right
	case 8:
		return bottom, x
	}
	return x, y
}
