package building

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// accepted says which encodings are read.
const accepted = `UTF-8, as "CSV UTF-8" of a spreadsheet; or UTF-16 with a byte order mark, sent as ` +
	"application/octet-stream"

// mark is the byte order mark in UTF-8.
const mark = "\xef\xbb\xbf"

// decoded is a file's text in UTF-8 without a byte order mark. API Gateway takes text/* and application/json for text
// and puts U+FFFD where it is not UTF-8, so that nobody can tell any more what stood there; as
// application/octet-stream the bytes arrive as they were sent, and UTF-16 is read. Which letters an older encoding
// means can't be told from its bytes: a file is refused rather than stored with others.
func decoded(content []byte, wrong *faults) ([]byte, bool) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(content, []byte("\x00\x00\xfe\xff")):
		wrong.add(1, "", "is in UTF-32", accepted)
		return nil, false
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
		order = binary.LittleEndian
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		order = binary.BigEndian
	}
	if order != nil {
		content = fromUTF16(content[2:], order)
	}
	for bytes.HasPrefix(content, []byte(mark)) { // again where one program wrote what another had marked
		content = content[len(mark):]
	}
	if workbook(content) {
		wrong.add(1, "", "is a workbook or an archive, and no text", accepted)
		return nil, false
	}
	if bytes.IndexByte(content, '\n') < 0 { // as Excel's "CSV (Macintosh)" ends its lines
		content = bytes.ReplaceAll(content, []byte("\r"), []byte("\n"))
	}
	if at := inISO2022.FindIndex(content); at != nil {
		wrong.add(lineOf(content, at[0]), "", "is in ISO-2022", accepted)
		return nil, false
	}
	if at := unreadable(content); at < len(content) {
		wrong.add(lineOf(content, at), "", notUTF8(content), accepted)
		return nil, false
	}
	return content, true
}

// workbook tells what spreadsheets write that is no text, by how it begins: ZIP, of which .xlsx and .ods are, the
// compound file that .xls is, and gzip.
func workbook(content []byte) bool {
	return slices.ContainsFunc([]string{"PK\x03\x04", "\xd0\xcf\x11\xe0", "\x1f\x8b", "\x1f\ufffd"},
		func(begins string) bool { return bytes.HasPrefix(content, []byte(begins)) })
}

// inISO2022 are the escapes by which an encoding of seven bits, as ISO-2022-JP, says which characters follow (RFC
// 1468). Bytes of it are UTF-8 too.
var inISO2022 = regexp.MustCompile(`\x1b(\$[@A-D()]|\([BJI])`)

// fromUTF16 leaves U+FFFD for half a surrogate pair, and for half a character at the end.
func fromUTF16(content []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(content)/2)
	for ; len(content) > 1; content = content[2:] {
		units = append(units, order.Uint16(content))
	}
	if len(content) > 0 {
		units = append(units, utf8.RuneError)
	}
	return []byte(string(utf16.Decode(units)))
}

// unreadable is where the first character is that was no UTF-8, or a NUL; UTF-16 is full of these.
func unreadable(content []byte) int {
	at := 0
	for at < len(content) {
		r, size := utf8.DecodeRune(content[at:])
		if r == utf8.RuneError || r == 0 {
			break
		}
		at += size
	}
	return at
}

// notUTF8 names the encoding by its zeros: a letter of ASCII has one of them in UTF-16, and three in UTF-32.
func notUTF8(content []byte) string {
	if bytes.Contains(content, []byte("\x00\x00\x00")) {
		return "is in UTF-32"
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return "is in UTF-16"
	}
	return "is not UTF-8: it was in windows-1252 or another older encoding, or characters were lost"
}

// separatorLine is with what a spreadsheet is told what separates the cells.
var separatorLine = regexp.MustCompile(`^"?[Ss][Ee][Pp]=([,;\t|])"?\r?(\n|$)`)

// separator is what a file says separates its cells, or otherwise what is most in its first line.
func separator(content []byte) rune {
	if told := separatorLine.FindSubmatch(content); told != nil {
		return rune(told[1][0])
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	most := ','
	for _, mark := range ";\t" {
		if strings.Count(string(first), string(mark)) > strings.Count(string(first), string(most)) {
			most = mark
		}
	}
	return most
}

// withoutSeparatorLine leaves that line blank, so that lines keep their numbers.
func withoutSeparatorLine(content []byte) []byte {
	return separatorLine.ReplaceAll(content, []byte("$2"))
}
