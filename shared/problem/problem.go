// Package problem holds the errors that a caller may see. A room returns them; shared/web writes them as RFC 9457
// problem+json. Any other error is the system's own fault: it is logged without its payload and answered with 500.
package problem

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/civil"
)

// A Kind is a class of error that a caller can act upon. Its text is the last part of the problem's type URI.
type Kind string

// The kinds, each with one HTTP status (see Status).
const (
	Malformed    Kind = "malformed"     // 400: not JSON, wrong type, unknown field, a value that is not accepted
	Unauthorised Kind = "unauthorised"  // 401: no open session, or a code or link that is wrong, used or expired
	Consent      Kind = "consent"       // 403: the current statement has not been consented to (2.consent)
	NotFound     Kind = "not-found"     // 404: unknown or another tenant's or not for this role: all look alike
	Conflict     Kind = "conflict"      // 409: the state of things refuses it, as another holder of the spot
	TooLarge     Kind = "too-large"     // 413
	Unacceptable Kind = "unprocessable" // 422: well-formed, but not possible, as a time that does not exist that day
	TooMany      Kind = "too-many"      // 429: a rate limit or a quota, with Retry-After where waiting helps
	// 503: the engine is throttling or out of reach; nothing was changed for sure or it is safe to repeat
	Unavailable Kind = "unavailable"
)

// A Field says what is wrong with one part of the input, and what would be accepted there.
type Field struct {
	Pointer  string `json:"pointer"`            // RFC 6901 pointer into the body, or a parameter's name
	Detail   string `json:"detail"`             // what is wrong, never the value itself: values can be personal
	Accepted string `json:"accepted,omitempty"` // what would be right
}

// Error is an error for the caller. Detail and Fields never hold personal data or internals.
type Error struct {
	Kind       Kind
	Detail     string
	Fields     []Field
	RetryAfter int // seconds; 0 when waiting does not help
	Extra      map[string]any
	Page       []byte // HTML for a person who followed a link; nil writes the problem as JSON
	NoSession  bool   // nobody is signed in, so what the device keeps of the person who was is to go
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Kind, e.Detail) }

// New makes an error of a kind with a sentence for the caller.
func New(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Detail: fmt.Sprintf(format, args...)}
}

// BadField is a Malformed error about one field.
func BadField(pointer, detail, accepted string) *Error {
	return &Error{Kind: Malformed, Detail: "the request has a field that is not accepted",
		Fields: []Field{{Pointer: pointer, Detail: detail, Accepted: accepted}}}
}

// CheckDate is a BadField where a date of a request is none of the calendar's.
func CheckDate(pointer string, date civil.Date) error {
	if _, err := civil.ParseDate(string(date)); err != nil {
		return BadField(pointer, "is not a date of the calendar", "YYYY-MM-DD")
	}
	return nil
}

// Impossible is an Unacceptable error about one field: well-formed, but it cannot be done.
func Impossible(pointer, detail, accepted string) *Error {
	return &Error{Kind: Unacceptable, Detail: "the request asks for something that is not possible",
		Fields: []Field{{Pointer: pointer, Detail: detail, Accepted: accepted}}}
}

// Unknown is the one answer for what does not exist, belongs to another tenant, or is not for this caller.
func Unknown() *Error { return New(NotFound, "there is nothing here for you") }

// Busy is the one answer where others are in the way, for as long as they are: why says how.
func Busy(why string) *Error {
	busy := New(Unavailable, "%s; the same request can safely be sent again", why)
	busy.RetryAfter = 1
	return busy
}

// Unqueued is the one answer where what a request asks for later could not be handed on.
func Unqueued() *Error {
	return New(Unavailable, "the request could not be queued; it can safely be sent again")
}

// NotSignedIn is the one answer to a caller without a token, or with one that opens nothing. Its member session tells
// it from a code that is wrong, for programs in a browser: that keeps Clear-Site-Data from them.
func NotSignedIn() *Error {
	refusal := New(Unauthorised, "this needs an open session: sign in").With("session", "over")
	refusal.NoSession = true
	return refusal
}

// With adds a member to the problem's body, such as what is free instead.
func (e *Error) With(name string, value any) *Error {
	if e.Extra == nil {
		e.Extra = map[string]any{}
	}
	e.Extra[name] = value
	return e
}

// Status is the HTTP status of the kind.
func (k Kind) Status() int {
	return map[Kind]int{Malformed: 400, Unauthorised: 401, Consent: 403, NotFound: 404, Conflict: 409, TooLarge: 413,
		Unacceptable: 422, TooMany: 429, Unavailable: 503}[k]
}
