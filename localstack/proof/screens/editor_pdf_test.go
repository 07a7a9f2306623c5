package screens_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pdf is a file with a page of 600 by 400 points that has this drawn on it, and these objects beside, which begin with
// the fifth.
func pdf(trailer, drawing string, more ...string) []byte {
	objects := append([]string{
		"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R /Resources << /Font << /F << " +
			"/Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /X 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(drawing), drawing),
	}, more...)
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	places := make([]int, len(objects))
	for i, object := range objects {
		places[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, table)
	return out.Bytes()
}

func TestAPDFsFirstPageBecomesAFloorsImageOnTheDeviceAndWhatReadsItIsLoadedNoSooner(t *testing.T) {
	o := office(t)
	p := o.atDesk(t)
	id := newFloor(p, "Floor of a PDF")
	require.Equal(t, "0", p.Run(readers), "nobody who chose no PDF loads it")
	p.Uploads(written(t, pdf("", "1 0 0 rg 0 200 300 200 re f BT /F 24 Tf 0 0 0 rg 320 60 Td (Reception) Tj ET")))
	p.Sees("The drawing is in place")
	require.Equal(t, "2", p.Run(readers))
	require.True(t, o.drawn(t, id).Plan)
	p.Until("the page is beneath the spots", func() bool { return p.Has(".drawing img") })
	require.Equal(t, "5,0,0 5,5,5 ink", p.Awaits(seen), "as a reader of PDF shows it, its words too")

	image := "<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 1 " +
		"/Filter /JBIG2Decode /Length 4 >>\nstream\nnone\nendstream"
	for _, bad := range []struct {
		told string
		file []byte
	}{
		{"has a password", pdf("/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"+strings.Repeat("41", 32)+"> /U <"+
			strings.Repeat("42", 32)+"> >> /ID [<41> <41>]", "0 0 9 9 re f")},
		{"can't all be read", pdf("", "/X Do", image)},
		{"larger than 32 MB", append(pdf("", ""), make([]byte, 33<<20)...)},
		{"can't all be read", []byte("%PDF-1.7 and no more")},
	} {
		before := len(p.Asked())
		p.Uploads(written(t, bad.file))
		p.Sees(bad.told)
		for _, asked := range p.Since(before) {
			require.NotContains(t, asked, "PUT ", "nothing is sent of what can't be read whole")
		}
	}
	require.Empty(t, audit(p))
}

// readers counts the scripts for PDFs that were loaded.
const readers = `String(performance.getEntriesByType("resource")
	.filter(e => /\/app\/(pdf|reader)-/.test(e.name)).length)`

// seen tells the colours of two places of the floor's image, from 0 to 5, and whether there are words on it.
const seen = `(async () => {
	const image = document.querySelector(".drawing img")
	await image.decode()
	const canvas = document.createElement("canvas"), brush = canvas.getContext("2d")
	canvas.width = 600; canvas.height = 400
	brush.drawImage(image, 0, 0, 600, 400)
	const at = (x, y) => [...brush.getImageData(x, y, 1, 1).data].slice(0, 3).map(n => Math.round(n / 51)).join()
	const words = brush.getImageData(320, 310, 120, 40).data
	return at(100, 100) + " " + at(500, 100) + " " + (words.some((n, i) => i % 4 < 3 && n < 60) ? "ink" : "none")
})()`

func written(t testing.TB, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "floor.pdf")
	require.NoError(t, os.WriteFile(file, content, 0o600))
	return file
}
