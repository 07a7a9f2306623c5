package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/spelling"
)

// deepest is how far arrays and objects of a body may be nested; no declaration comes near.
const deepest = 16

// parse reads one JSON object and refuses what JSON parsers disagree about: a name that is given twice, bytes that
// are not UTF-8, halves of surrogate pairs, numbers beyond a float64, and anything after the object.
func parse(body []byte) (map[string]any, error) {
	if !utf8.Valid(body) {
		return nil, problem.New(problem.Malformed, "the body is not UTF-8")
	}
	p := parser{decoder: json.NewDecoder(bytes.NewReader(body))}
	p.decoder.UseNumber()
	value, err := p.value("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := p.decoder.Token(); err != io.EOF {
		return nil, problem.New(problem.Malformed, "there is something after the JSON object")
	}
	members, ok := value.(map[string]any)
	if !ok {
		return nil, problem.New(problem.Malformed, "the body is not a JSON object")
	}
	return members, nil
}

type parser struct{ decoder *json.Decoder }

func (p parser) value(pointer string, depth int) (any, error) {
	if depth > deepest {
		return nil, problem.New(problem.Malformed, "the body is nested deeper than %d levels", deepest)
	}
	token, err := p.decoder.Token()
	if err != nil {
		return nil, p.notJSON()
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return p.object(pointer, depth)
		}
		return p.array(pointer, depth)
	case json.Number:
		number, err := parseNumber(token.String())
		if err != nil {
			return nil, problem.BadField(pointer, "is a number that is not accepted", "a number of common size")
		}
		return number, nil
	case string:
		return readable(pointer, token)
	default:
		return token, nil
	}
}

// readable is a text in its canonical form. One of which characters were lost, by the decoder (half of a surrogate
// pair) or by API Gateway (bytes that are not UTF-8), is refused: U+FFFD is never stored.
func readable(pointer, text string) (string, error) {
	if spelling.Lost(text) {
		return "", problem.BadField(pointer, "holds bytes or half a surrogate pair that are no character",
			"text in UTF-8")
	}
	return spelling.Canonical(text), nil
}

func (p parser) object(pointer string, depth int) (any, error) {
	members := map[string]any{}
	for p.decoder.More() {
		token, err := p.decoder.Token()
		if err != nil {
			return nil, p.notJSON()
		}
		name, ok := token.(string)
		if !ok {
			return nil, p.notJSON()
		}
		at := pointer + "/" + escape(name)
		if _, twice := members[name]; twice {
			return nil, problem.BadField(at, "is given twice", "each name once")
		}
		if members[name], err = p.value(at, depth+1); err != nil {
			return nil, err
		}
	}
	return members, p.end()
}

func (p parser) array(pointer string, depth int) (any, error) {
	items := []any{}
	for p.decoder.More() {
		item, err := p.value(pointer+"/"+strconv.Itoa(len(items)), depth+1)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, p.end()
}

func (p parser) end() error {
	if _, err := p.decoder.Token(); err != nil {
		return p.notJSON()
	}
	return nil
}

func (p parser) notJSON() error {
	return problem.New(problem.Malformed, "the body is not JSON, near byte %d", p.decoder.InputOffset())
}

func parseNumber(text string) (float64, error) {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return 0, fmt.Errorf("not a finite number")
	}
	return number, nil
}

// escape writes a name as part of a pointer (RFC 6901), cut short where it is too long to be a name of ours.
func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(clip(name))
}

func clip(name string) string {
	runes := []rune(name)
	if len(runes) > 64 {
		return string(runes[:64]) + "…"
	}
	return name
}
