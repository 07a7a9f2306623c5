package building

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/spelling"
)

// Columns are those of an import file, in any order; only location must be there. One row is one spot, or a floor or
// a location without any.
var Columns = []string{"location", "address", "latitude", "longitude", "time_zone", "opens", "closes", "horizon_days",
	"daily_quota",
	"no_show_minutes", "vacant_minutes", "silent_minutes", "floor", "level", "zone", "sector", "spot", "category",
	"type", "x", "y", "capacity", "features", "sensor", "model"}

// MaxRows is how many rows a file may have, those included that are blank or wrong.
const MaxRows = 10_000

// maxFaults is how many faults are told of one file; reading stops there.
const maxFaults = 100

// A row is one line of the file with a cell for each column that is not blank.
type row struct {
	line  int
	cells map[string]string
}

// faults gathers what is wrong with a file, line by line.
type faults struct {
	fields []problem.Field
}

// full tells that enough is told.
func (f *faults) full() bool { return len(f.fields) >= maxFaults }

// add says what is wrong in a line, never what it holds.
func (f *faults) add(line int, column, detail, accepted string) {
	if f.full() {
		return
	}
	at := fmt.Sprintf("line %d", line)
	if column != "" {
		at += ", " + column
	}
	f.fields = append(f.fields, problem.Field{Pointer: at, Detail: detail, Accepted: accepted})
}

// err is the problem with all faults in the order in which they were found, nil without any.
func (f *faults) err() error {
	if len(f.fields) == 0 {
		return nil
	}
	p := problem.New(problem.Malformed, "nothing was changed: the file has %d faults", len(f.fields))
	switch {
	case len(f.fields) == 1:
		p = problem.New(problem.Malformed, "nothing was changed: the file has one fault")
	case f.full():
		p = problem.New(problem.Malformed, "nothing was changed: these are the first %d faults of the file",
			len(f.fields))
	}
	p.Fields = f.fields
	return p
}

// rows reads a CSV or JSON file.
func rows(mediaType string, content []byte, wrong *faults) []row {
	content, ok := decoded(content, wrong)
	if !ok {
		return nil
	}
	if mediaType == "application/json" {
		return jsonRows(content, wrong)
	}
	return csvRows(content, wrong)
}

func lineOf(content []byte, offset int) int { return 1 + bytes.Count(content[:offset], []byte("\n")) }

// csvRows reads values separated by commas, semicolons or tabs, with a header. Without commas, as spreadsheets write
// where the comma is the decimal sign, numbers may have a decimal comma.
func csvRows(content []byte, wrong *faults) []row {
	reader := csv.NewReader(bytes.NewReader(withoutSeparatorLine(content)))
	reader.FieldsPerRecord = -1
	reader.Comma = separator(content)
	reader.TrimLeadingSpace = reader.Comma != '\t' // which is a blank to it
	var header []string
	var found []row
	for read := -1; !wrong.full(); read++ { // the header is no row
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if read >= MaxRows {
			line, _ := reader.FieldPos(0)
			wrong.tooMany(line)
			break
		}
		var fault *csv.ParseError
		if errors.As(err, &fault) {
			wrong.add(fault.Line, "", "has a quotation mark out of place",
				`a cell that holds a separator, a quotation mark or a line end in "…", with "" for each mark in it`)
			if header == nil {
				return nil
			}
			continue
		}
		if err != nil {
			wrong.add(1, "", "can't be read", "CSV")
			return nil
		}
		line, _ := reader.FieldPos(0)
		if header == nil {
			if header = columns(record, line, wrong); header == nil {
				return nil
			}
			continue
		}
		if one, ok := csvRow(header, record, line, reader.Comma != ',', wrong); ok {
			found = append(found, one)
		}
	}
	return notNone(found, wrong)
}

func columns(record []string, line int, wrong *faults) []string {
	before := len(wrong.fields)
	for len(record) > 0 && strings.TrimSpace(record[len(record)-1]) == "" {
		record = record[:len(record)-1] // columns that a spreadsheet takes for used, though nothing is in them
	}
	header := make([]string, len(record))
	for i, name := range record {
		if wrong.full() {
			break
		}
		header[i] = strings.ToLower(strings.TrimSpace(name))
		switch {
		case !slices.Contains(Columns, header[i]):
			wrong.add(line, fmt.Sprintf("column %d", i+1), "is not a known column", strings.Join(Columns, ", "))
		case slices.Contains(header[:i], header[i]):
			wrong.add(line, header[i], "is there twice", "each column once")
		}
	}
	if !slices.Contains(header, "location") {
		wrong.add(line, "location", "is missing", "a first line with the names of the columns")
	}
	if len(wrong.fields) > before {
		return nil
	}
	return header
}

func csvRow(header, record []string, line int, decimalComma bool, wrong *faults) (row, bool) {
	one := row{line: line, cells: map[string]string{}}
	for i, cell := range record {
		cell = spelling.Canonical(strings.TrimSpace(cell))
		if i >= len(header) {
			if cell != "" {
				wrong.add(line, "", "has more cells than there are columns", fmt.Sprintf("%d cells", len(header)))
				return row{}, false
			}
			continue
		}
		if cell == "" {
			continue
		}
		if decimalComma && slices.Contains([]string{"latitude", "longitude", "x", "y"}, header[i]) {
			cell = strings.Replace(cell, ",", ".", 1)
		}
		one.cells[header[i]] = cell
	}
	return one, len(one.cells) > 0
}

// jsonRows reads an array of objects with the columns as members, texts or numbers.
func jsonRows(content []byte, wrong *faults) []row {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	syntax := func() []row {
		wrong.add(lineOf(content, min(int(decoder.InputOffset()), len(content))), "", "is not JSON",
			"an array of objects, one for each spot")
		return nil
	}
	if start, err := decoder.Token(); err != nil || start != json.Delim('[') {
		return syntax()
	}
	var found []row
	line, counted := 1, 0 // the line of the byte up to which lines are counted
	for read := 0; decoder.More(); read++ {
		at := nextValue(content, int(decoder.InputOffset()))
		line, counted = line+bytes.Count(content[counted:at], []byte("\n")), at
		if read >= MaxRows {
			wrong.tooMany(line)
		}
		if read >= MaxRows || wrong.full() {
			return found
		}
		members, err := jsonMembers(decoder, content[at] == '{', line, wrong)
		if err != nil {
			return syntax()
		}
		if one := jsonRow(members, line, wrong); len(one.cells) > 0 {
			found = append(found, one)
		}
	}
	if _, err := decoder.Token(); err != nil {
		return syntax()
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return syntax()
	}
	return notNone(found, wrong)
}

// jsonMembers reads one element of the array. What is no object has no members, and a name that is there twice is
// wrong, since readers of JSON differ about which of the two counts.
func jsonMembers(decoder *json.Decoder, isObject bool, line int, wrong *faults) (map[string]any, error) {
	if !isObject {
		wrong.add(line, "", "is not an object", "an object for each spot")
		var skipped json.RawMessage
		return nil, decoder.Decode(&skipped)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	members := map[string]any{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		member, _ := name.(string) // the decoder accepts nothing else there
		if _, twice := members[member]; twice {
			wrong.add(line, "", "has a member twice", "each name once")
		}
		members[member] = value
	}
	_, err := decoder.Token()
	return members, err
}

func nextValue(content []byte, offset int) int {
	for offset < len(content) && strings.ContainsRune(" \t\r\n,", rune(content[offset])) {
		offset++
	}
	return offset
}

func jsonRow(members map[string]any, line int, wrong *faults) row {
	one := row{line: line, cells: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		value := members[name]
		if !slices.Contains(Columns, name) {
			wrong.add(line, "", "has a member that is not known", strings.Join(Columns, ", "))
			continue
		}
		switch value := value.(type) {
		case nil:
		case string:
			if spelling.Lost(value) {
				wrong.add(line, name, "holds half a surrogate pair, which is no character", "text in UTF-8")
			}
			if value = spelling.Canonical(strings.TrimSpace(value)); value != "" {
				one.cells[name] = value
			}
		case json.Number:
			one.cells[name] = value.String()
		default:
			wrong.add(line, name, "is neither a text nor a number", "a text or a number")
		}
	}
	return one
}

func (f *faults) tooMany(line int) {
	f.add(line, "", "is one row too many", fmt.Sprintf("at most %d rows", MaxRows))
}

// notNone says that it is wrong for a file to have no rows.
func notNone(found []row, wrong *faults) []row {
	if len(found) == 0 && len(wrong.fields) == 0 {
		wrong.add(1, "", "the file has no rows", "at least one row after the header")
	}
	return found
}

// text is a cell with a name: one line that can be seen.
func (r row) text(column string, most int, wrong *faults) string {
	cell := r.cells[column]
	if utf8.RuneCountInString(cell) > most || cell != "" && !identity.IsLine(cell) {
		wrong.add(r.line, column, "is too long or holds a character that can't be seen",
			fmt.Sprintf("one line of at most %d characters", most))
		return ""
	}
	return cell
}
