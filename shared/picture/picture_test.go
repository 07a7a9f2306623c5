package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/picture"
)

// halves is red on the left and blue on the right.
func halves(width, height int) image.Image {
	drawn := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if x < width/2 {
				drawn.Set(x, y, color.RGBA{R: 255, A: 255})
			} else {
				drawn.Set(x, y, color.RGBA{B: 255, A: 255})
			}
		}
	}
	return drawn
}

func jpegOf(t testing.TB, drawn image.Image, segments ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, jpeg.Encode(&out, drawn, nil))
	file := append([]byte{}, out.Bytes()[:2]...)
	for _, segment := range segments {
		file = append(file, segment...)
	}
	return append(file, out.Bytes()[2:]...)
}

// exif is an APP1 segment with an orientation and a secret behind it.
func exif(orientation uint16, order binary.AppendByteOrder, mark string) []byte {
	tiff := append([]byte(mark), order.AppendUint16(nil, 42)...)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	body = append(body, "GPS 52.0907 N 5.1214 E"...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

func comment(text string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xfe}, uint16(len(text)+2)), text...)
}

func redrawn(t *testing.T, file []byte) image.Image {
	t.Helper()
	out, err := picture.Redraw(file, picture.Photo)
	require.NoError(t, err)
	drawn, err := jpeg.Decode(bytes.NewReader(out))
	require.NoError(t, err)
	return drawn
}

func TestNothingHiddenInAFileSurvives_4_b_6(t *testing.T) {
	file := jpegOf(t, halves(64, 32), exif(1, binary.BigEndian, "MM"), comment("taken at home"))
	require.Contains(t, string(file), "GPS 52.0907")
	out, err := picture.Redraw(file, picture.Photo)
	require.NoError(t, err)
	for _, hidden := range []string{"Exif", "GPS", "52.0907", "taken at home"} {
		require.NotContains(t, string(out), hidden)
	}
	require.NotContains(t, string(out[:4]), "\xff\xe1")

	behind := append(jpegOf(t, halves(64, 32)), "and a note behind the picture"...)
	out, err = picture.Redraw(behind, picture.Photo)
	require.NoError(t, err)
	require.NotContains(t, string(out), "note")
}

func TestAPictureFitsInTheSquareAndSmallOnesStayAsTheyAre(t *testing.T) {
	for size, want := range map[image.Point]image.Point{
		{X: 2000, Y: 1000}: {X: 512, Y: 256}, {X: 1000, Y: 2000}: {X: 256, Y: 512},
		{X: 512, Y: 512}: {X: 512, Y: 512},
		{X: 20, Y: 10}:   {X: 20, Y: 10}, {X: 4000, Y: 1}: {X: 512, Y: 1}, {X: 1, Y: 1}: {X: 1, Y: 1},
	} {
		require.Equal(t, want, redrawn(t, jpegOf(t, halves(size.X, size.Y))).Bounds().Size(), "%v", size)
	}
}

func TestAPictureStandsUprightAsItsCameraMeantIt(t *testing.T) {
	isRed := func(drawn image.Image, x, y int) bool {
		r, _, b, _ := drawn.At(x, y).RGBA()
		return r > 0x8000 && b < 0x8000
	}
	for _, order := range []struct {
		mark  string
		order binary.AppendByteOrder
	}{{"MM", binary.BigEndian}, {"II", binary.LittleEndian}} {
		for orientation, corner := range map[uint16]struct {
			wide bool
			x, y int // where red is seen
		}{
			1: {true, 4, 16}, 2: {true, 60, 16}, 3: {true, 60, 16}, 4: {true, 4, 16},
			5: {false, 16, 4}, 6: {false, 16, 4}, 7: {false, 16, 60}, 8: {false, 16, 60},
			9: {true, 4, 16}, // no orientation
		} {
			drawn := redrawn(t, jpegOf(t, halves(64, 32), exif(orientation, order.order, order.mark)))
			require.Equal(t, corner.wide, drawn.Bounds().Dx() == 64, "orientation %d", orientation)
			require.True(t, isRed(drawn, corner.x, corner.y), "orientation %d", orientation)
		}
	}
}

func TestASmallFileThatUnpacksToAHugePictureIsRefusedBeforeItIsUnpacked(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, halves(1, 1)))
	file := out.Bytes()
	for _, size := range [][2]uint32{{30_000, 30_000}, {16_001, 1_000}, {1<<31 - 1, 1<<31 - 1}} {
		bomb := bytes.Clone(file)
		binary.BigEndian.PutUint32(bomb[16:], size[0]) // width and height stand in the first chunk
		binary.BigEndian.PutUint32(bomb[20:], size[1])
		binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
		_, err := picture.Redraw(bomb, picture.Photo)
		require.Error(t, err)
	}
}

// progressive is a small grey JPEG of many scans: each says nothing more of the same coefficient.
func progressive(scans int) []byte {
	file := []byte{0xff, 0xd8}
	file = append(append(file, 0xff, 0xdb, 0, 67, 0), bytes.Repeat([]byte{1}, 64)...)    // quantisation
	file = append(file, 0xff, 0xc2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0)                 // 8 by 8, one component
	file = append(append(file, 0xff, 0xc4, 0, 20, 0, 1), append(make([]byte, 15), 0)...) // one code, of no difference
	for i := range scans {
		refine := byte(0x01) // the first scan gives bit 1, the others its refinement
		if i > 0 {
			refine = 0x10
		}
		file = append(file, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, refine, 0x7f)
	}
	return append(file, 0xff, 0xd9)
}

// 8.security
func TestAPictureOfManyScansIsRefusedBeforeItIsUnpacked(t *testing.T) {
	_, err := picture.Redraw(progressive(64), picture.Photo)
	require.NoError(t, err)
	_, err = picture.Redraw(progressive(65), picture.Photo)
	require.ErrorIs(t, err, picture.ErrSize)

	// A film behind the picture, or text in it, has no scans.
	looksLikeScans := bytes.Repeat([]byte{0xff, 0xda}, 1000)
	_, err = picture.Redraw(append(jpegOf(t, halves(64, 32), comment(string(looksLikeScans))), looksLikeScans...),
		picture.Photo)
	require.NoError(t, err)
}

func TestWhatIsTransparentBecomesWhite(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 16, 16))))
	r, g, b, _ := redrawn(t, out.Bytes()).At(8, 8).RGBA()
	require.Greater(t, min(r, g, b), uint32(0xf000))
}

func FuzzRedrawNeverPanicsAndGivesAJPEGOrAnError(f *testing.F) {
	f.Add(jpegOf(f, halves(16, 8), exif(6, binary.LittleEndian, "II")))
	f.Add(progressive(3))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, file []byte) {
		out, err := picture.Redraw(file, picture.Photo)
		if err != nil {
			return
		}
		_, err = jpeg.DecodeConfig(bytes.NewReader(out))
		require.NoError(t, err)
	})
}
