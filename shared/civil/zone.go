package civil

import (
	"archive/zip"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// zones.zip holds IANA's zones as Debian has them, one compiled file (RFC 8536) a zone, with the version as its
// comment. It is the only zone data that is used, on every machine alike: a Lambda has none, and what a machine or a
// Go release brings along is older. `go run ./scripts/zones` makes it anew.
//
//go:embed zones.zip
var packed string

// archive is what is in zones.zip: a directory of some 600 names is read once, a zone when it is asked for.
var archive = sync.OnceValue(func() (found struct {
	version string
	zones   map[string]*zip.File
}) {
	all, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		panic("civil: zones.zip can't be read: " + err.Error())
	}
	found.version, found.zones = all.Comment, make(map[string]*zip.File, len(all.File))
	for _, file := range all.File {
		found.zones[file.Name] = file
	}
	return found
})

// ZoneDataVersion is IANA's version of the zones, such as 2026f.
func ZoneDataVersion() string { return archive().version }

// ZoneNames lists every name that LoadZone accepts, in order.
func ZoneNames() []string {
	var names []string
	for name := range archive().zones {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// A Zone is a time zone of IANA's list, by the name that was given: an alias stays one, since what is canonical is
// IANA's affair and changes. The zero Zone is UTC.
type Zone struct {
	name  string
	place *time.Location
}

// UTC is the zone of what is at no place.
var UTC Zone

var loaded sync.Map // of *time.Location, by IANA's name

// LoadZone gives the zone of a name that IANA lists, and refuses every other: what a machine understands beside them
// ("localtime", "right/…", "./…", "") means another thing on another one.
func LoadZone(name string) (Zone, error) {
	if known, ok := loaded.Load(name); ok {
		return Zone{name, known.(*time.Location)}, nil
	}
	file, listed := archive().zones[name]
	if !listed {
		return Zone{}, fmt.Errorf("%q is not an IANA time zone; accepted: a name such as Europe/Amsterdam", name)
	}
	place, err := unpack(file)
	if err != nil {
		return Zone{}, fmt.Errorf("civil: zones.zip, %s: %w", name, err)
	}
	known, _ := loaded.LoadOrStore(name, place) // one value a zone, so that zones can be compared
	return Zone{name, known.(*time.Location)}, nil
}

func unpack(file *zip.File) (*time.Location, error) {
	r, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(file.Name, data)
}

// String is the zone's name.
func (z Zone) String() string { return cmp.Or(z.name, "UTC") }

// In is t as the wall clock in the zone shows it.
func (z Zone) In(t time.Time) time.Time { return t.In(z.Location()) }

// Location is the zone for package time.
func (z Zone) Location() *time.Location { return cmp.Or(z.place, time.UTC) }

// MarshalText writes the zone's name.
func (z Zone) MarshalText() ([]byte, error) { return []byte(z.String()), nil }

// placeless are files among a machine's zones that name none, with the zone that they are on a Lambda.
var placeless = map[string]string{"localtime": "UTC", "Factory": "UTC", "posixrules": "America/New_York"}

// UnmarshalText reads a zone that was stored. Until November 2026 names were accepted that are not IANA's: what was
// stored by such a name keeps it, and is read as the zone that a Lambda took it for, without its leap seconds.
func (z *Zone) UnmarshalText(text []byte) error {
	name := path.Clean(string(text))
	for _, folder := range []string{"posix/", "right/"} {
		name = strings.TrimPrefix(name, folder)
	}
	meant, err := LoadZone(cmp.Or(placeless[name], name))
	*z = Zone{string(text), meant.place}
	return err
}
