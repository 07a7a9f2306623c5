package building_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/problem"
)

func inUTF16(text, mark string, order binary.AppendByteOrder) string {
	out := []byte(mark)
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

func TestWhateverASpreadsheetWritesLoadsTheSame(t *testing.T) {
	file := strings.ReplaceAll(small, "Head office", "Café 🏢")
	o := newOffice(t)
	loaded, err := o.load(file, "text/csv", "")
	require.NoError(t, err)
	require.Equal(t, building.Loaded{Locations: 1, Floors: 2, Zones: 1, Spots: 3, Sensors: 2}, loaded)
	semicolons := strings.ReplaceAll(strings.ReplaceAll(file, `"Keizersgracht 1, Amsterdam"`, "Keizersgracht 1"), ",",
		";")
	trailing := strings.ReplaceAll(file, "\n", ",,\n")
	for what, text := range map[string]string{
		"UTF-8 with a mark": "\xef\xbb\xbf" + file,
		"marked twice":      "\xef\xbb\xbf\xef\xbb\xbf" + file,
		"UTF-16LE":          inUTF16(file, "\xff\xfe", binary.LittleEndian),
		"UTF-16BE":          inUTF16(file, "\xfe\xff", binary.BigEndian),
		"sep=,":             "sep=,\n" + file,
		"a mark and sep=,":  "\xef\xbb\xbfSEP=,\r\n" + file,
		"empty columns":     trailing,
		"CSV (Macintosh)":   strings.ReplaceAll(file, "\n", "\r"),
		"decomposed":        strings.ReplaceAll(file, "é", "e\u0301"),
	} {
		again, err := o.load(text, "application/octet-stream", "")
		require.NoError(t, err, what)
		require.Equal(t, building.Loaded{}, again, "%s: it is all there already", what)
	}
	for what, text := range map[string]string{"sep=;": "sep=;\r\n" + semicolons, "quoted": "\"sep=;\"\n" + semicolons,
		"bars": "sep=|\r\n" + strings.ReplaceAll(semicolons, ";", "|"),
		"tabs": strings.ReplaceAll(semicolons, ";", "\t")} {
		o := newOffice(t)
		loaded, err := o.load(text, "application/vnd.ms-excel", "")
		require.NoError(t, err, what)
		require.Equal(t, building.Loaded{Locations: 1, Floors: 2, Zones: 1, Spots: 3, Sensors: 2}, loaded, what)
	}
	_, err = o.load("sep=;\nlocation;floor\nA;1;2\n", "text/csv", "")
	require.Equal(t, "line 3", requireProblem(t, problem.Malformed, err).Fields[0].Pointer,
		"lines keep their numbers")
}

func TestAFileInAnEncodingThatIsNotReadIsRefusedByItsNameAndNothingIsStored(t *testing.T) {
	o := newOffice(t)
	file := "location\nCafé\n"
	for text, named := range map[string]string{
		"location\nCaf\xe9\n":                                 "windows-1252",
		"location\nCaf\ufffd\n":                               "windows-1252", // as API Gateway hands on the same
		inUTF16(file, "", binary.LittleEndian):                "UTF-16",
		inUTF16(file, "\ufffd\ufffd", binary.BigEndian):       "UTF-16",
		"\xff\xfe\x00\x00l\x00\x00\x00":                       "UTF-32",
		"\ufffd\ufffd\x00\x00l\x00\x00\x00o\x00\x00\x00":      "UTF-32", // as API Gateway hands on the same
		"\x00\x00\ufffd\ufffd\x00\x00\x00l\x00\x00\x00o":      "UTF-32",
		"l\x00\x00\x00o\x00\x00\x00":                          "UTF-32",
		"location\n\x1b$BEl5~\x1b(B\n":                        "ISO-2022", // of Japan
		"location\n\x1b$)C\x0e\x3c\x2d\x0f\n":                 "ISO-2022", // of Korea
		"location\n\x93\x8c\x8b\x9e\n":                        "older",    // Shift JIS
		"location\n\xc9\xcf\xba\xa3\n":                        "older",    // GB 18030
		"\xff\xfel\x00\x00\xd8o\x00":                          "lost",
		"PK\x03\x04\x14\x00\x06\x00":                          "workbook", // .xlsx
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":                    "workbook", // .xls
		"\x1f\x8b\x08\x00":                                    "archive",
		strings.ReplaceAll("location\nCaf\x8e\n", "\n", "\r"): "older", // Mac Roman, as "CSV (Macintosh)"
	} {
		for _, mediaType := range []string{"text/csv", "application/octet-stream"} {
			_, err := o.load(text, mediaType, "")
			p := requireProblem(t, problem.Malformed, err)
			require.Len(t, p.Fields, 1, "%q: %v", text, p.Fields)
			require.Equal(t, "nothing was changed: the file has one fault", p.Detail)
			require.Contains(t, p.Fields[0].Detail, named, "%q", text)
		}
	}
	_, err := o.load(`[{"location":"Caf\ud800"}]`, "application/json", "")
	require.Equal(t, "line 1, location", requireProblem(t, problem.Malformed, err).Fields[0].Pointer)
	list, err := o.b.Locations(t.Context(), o.manager, struct{}{})
	require.NoError(t, err)
	require.Empty(t, list.Locations)
}
