package web

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// formats are those of JSON Schema that requests use; ours are in api.Formats.
var formats = map[string]func(string) bool{
	"date":      func(text string) bool { _, err := civil.ParseDate(text); return err == nil },
	"date-time": func(text string) bool { _, err := time.Parse(time.RFC3339, text); return err == nil },
	"uri":       func(text string) bool { at, err := url.Parse(text); return err == nil && at.IsAbs() },
	"email":     isEmail,
}

// The parts of an address are compiled when the first one is looked at.
var (
	atom      = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
	localPart = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(` + atom + `(\.` + atom + `)*|"[^"\\]*")$`)
	})
	hostLabel = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$")
	})
)

// isEmail takes what RFC 5321 calls a Mailbox with a Domain; see also api.Email's pattern.
func isEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 0 || at > 64 || len(text) > 254 || !localPart().MatchString(text[:at]) {
		return false
	}
	for label := range strings.SplitSeq(text[at+1:], ".") {
		if !hostLabel().MatchString(label) {
			return false
		}
	}
	return true
}
