// Package year lives months of an office life in one process on the real engine, with the clock moved, and lets an
// adversary look through everything that is stored at every midnight. What must be gone, and when, is reckoned here
// from the promises alone and not from the register of the system.
package year

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/secret"
)

// A mark is something to look for: a value that somebody gave, or an id.
type mark struct {
	what string // as "4.a.1 name"
	text string
	of   *person   // nil: nobody's in particular
	gone time.Time // from when it must be gone; zero: not yet
	held bool      // it must be found until then, or else the adversary is blind or data is lost
	id   bool      // a registration's id, which the erasure's ledger holds for a day
	// spent is until when the id of a reservation that was cancelled may stand on its spot's sheet, with nobody's
	// name, so that the request that made it does nothing when it comes again; an erasure of the person ends it.
	spent  time.Time
	hidden time.Time // until when the law forbids to tell the person of it (5.disclosure)
}

// overdue reports whether the mark should not be there at an instant.
func (m *mark) overdue(now time.Time) bool {
	return !m.gone.IsZero() && !now.Before(m.gone.Add(minute))
}

const minute = time.Minute

// registry holds all marks by what can be found of them.
type registry struct {
	plain  map[string]*mark // by marker, id, telephone number or IP address, in lower case
	hashes map[uint64]*mark // by the first 64 bits of a hash
}

func newRegistry() *registry { return &registry{map[string]*mark{}, map[uint64]*mark{}} }

// Markers are in every text that somebody gives, each once; with them a value is found however it is written.
const (
	markerStart  = "zzq"
	markerLength = 12
	idLength     = 16
	phoneLength  = 14
)

// note remembers a mark by its marker, and the ways in which its text could be hashed.
func (r *registry) note(m *mark, key string) *mark {
	r.plain[strings.ToLower(key)] = m
	if m.id {
		return m
	}
	for text := range map[string]bool{m.text: true, strings.ToLower(m.text): true, strings.ToUpper(m.text): true,
		key: true} {
		for _, sum := range sums(text) {
			r.hashes[binary.BigEndian.Uint64(sum)] = m
		}
	}
	return m
}

// sums are the hashes of a text: the usual ones, and those of whoever got hold of any of the deployment's keys, also
// in the forms in which the system itself uses them.
func sums(text string) [][]byte {
	a, b, c, d := md5.Sum([]byte(text)), sha1.Sum([]byte(text)), sha256.Sum256([]byte(text)),
		sha512.Sum512([]byte(text))
	all := [][]byte{a[:], b[:], c[:], d[:]}
	for _, keys := range enginetest.Keys {
		keyed := hmac.New(sha256.New, keys[0])
		keyed.Write([]byte(text))
		all = append(all, keyed.Sum(nil), under(keys, text), under(keys, "address", text))
	}
	return all
}

// under is the hash that a key of the system's own gives of its parts.
func under(keys secret.Ring, parts ...string) []byte {
	sum, err := base32.StdEncoding.DecodeString(strings.ToUpper(keys.Hash(parts...)))
	if err != nil {
		panic(err) // 160 bits fill their characters
	}
	return sum
}

// hashed gives the numbers that the beginning of a run is as a hash, for each way in which 64 bits are written.
func hashed(run string) (all []uint64) {
	for _, way := range []struct {
		length int
		decode func(string) ([]byte, error)
	}{
		{16, hex.DecodeString}, {11, base64.RawStdEncoding.DecodeString}, {11, base64.RawURLEncoding.DecodeString},
		{13, func(text string) ([]byte, error) {
			return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(text))
		}},
	} {
		if len(run) < way.length {
			continue
		}
		if sum, err := way.decode(run[:way.length]); err == nil {
			all = append(all, binary.BigEndian.Uint64(sum))
		}
	}
	return all
}

// find gives the marks that stand in a content, in plain, any case, base64, hexadecimal, or as a hash.
func (r *registry) find(content string) map[*mark]bool {
	found := map[*mark]bool{}
	r.look(content, found)
	runs(content, base64Rune, 16, func(run string) {
		for shift := range 4 {
			r.look(decoded(run[shift:]), found)
		}
	})
	return found
}

func (r *registry) look(content string, found map[*mark]bool) {
	add := func(m *mark) {
		if m != nil {
			found[m] = true
		}
	}
	lower := strings.ToLower(content)
	for at, rest := 0, lower; ; at += len(markerStart) {
		next := strings.Index(rest[min(at, len(rest)):], markerStart)
		if next < 0 {
			break
		}
		if at += next; at+markerLength <= len(rest) {
			add(r.plain[rest[at:at+markerLength]])
		}
	}
	for _, hexed := range strings.Split(lower, hex.EncodeToString([]byte(markerStart)))[1:] {
		tail, err := hex.DecodeString(hexed[:min(len(hexed), 2*(markerLength-len(markerStart)))])
		if err == nil {
			add(r.plain[strings.ToLower(markerStart+string(tail))])
		}
	}
	runs(content, base64Rune, 16, func(run string) {
		for _, sum := range hashed(run) {
			add(r.hashes[sum])
		}
	})
	runs(lower, base32Rune, idLength, func(run string) {
		for at := 0; at+idLength <= len(run); at++ {
			add(r.plain[run[at:at+idLength]])
		}
	})
	runs(lower, digitRune, phoneLength, func(run string) { add(r.plain[run[:phoneLength]]) })
	runs(lower, addressRune, 7, func(run string) { add(r.plain[strings.Trim(run, ".")]) })
}

// runs gives each run of such characters that is long enough.
func runs(content string, such func(byte) bool, least int, use func(string)) {
	for begin := 0; begin < len(content); {
		if !such(content[begin]) {
			begin++
			continue
		}
		end := begin
		for end < len(content) && such(content[end]) {
			end++
		}
		if end-begin >= least {
			use(content[begin:end])
		}
		begin = end
	}
}

func digitRune(c byte) bool   { return c >= '0' && c <= '9' }
func addressRune(c byte) bool { return digitRune(c) || c == '.' }
func base32Rune(c byte) bool  { return c >= 'a' && c <= 'z' || c >= '2' && c <= '7' }
func base64Rune(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || digitRune(c) || c == '+' || c == '/' || c == '-' ||
		c == '_'
}

// decoded is a run read as base64, in either alphabet; what is left over at its end is left out.
func decoded(run string) string {
	run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
	bytes, err := base64.StdEncoding.DecodeString(run[:len(run)/4*4])
	if err != nil {
		return ""
	}
	return string(bytes)
}

func (m *mark) String() string {
	whose := "nobody's"
	if m.of != nil {
		whose = "of " + m.of.id
	}
	return fmt.Sprintf("%s %q (%s)", m.what, m.text, whose)
}
