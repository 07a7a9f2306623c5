// Package bearer knows the tokens that callers bear: of a session, of a guest's pass, of a member of staff's shift, and
// of a display. It makes them, and finds out who is calling with one.
package bearer

import (
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

// length is that of a session's token: the ids of the business account and the person, then 160 bits that only its
// holder knows. The ids say where to look, so that finding a session is one read, which can be made beside others.
const length = 2*secret.IDLength + secret.TokenLength

// Token is the token of a person's session with these secret bits.
func Token(p identity.Person, bits string) string { return p.Business + p.User + bits }

// passMark begins a guest's pass, so that finding a guest is one read too.
const passMark = "g"

// Named is the person that a text of that shape names. It proves nothing: only that its hash is kept does.
func Named(text string) (identity.Person, bool) {
	t, ok := read(text)
	return t.Person, ok && t.mark == ""
}

// Pass is the token of a guest with these secret bits.
func Pass(p identity.Person, bits string) string { return passMark + Token(p, bits) }

// displayMark begins a display's token.
const displayMark = "d"

// Display is the token of a display with its secret: what it made itself known by when it was paired.
func Display(business, id, secret string) string {
	return displayMark + Token(identity.Person{Business: business, User: id}, secret)
}

// A token is one taken apart: whom it names, the hash that is kept of it, and its mark; a session's has none.
type token struct {
	identity.Person
	hash string
	mark string
}

// read takes a token apart; anything that can't be one is refused before anything is read.
func read(text string) (token, bool) {
	mark, parts := "", text
	if len(text) == len(passMark)+length && (strings.HasPrefix(text, passMark) || strings.HasPrefix(text, displayMark)) {
		mark, parts = text[:len(passMark)], text[len(passMark):]
	}
	if len(parts) != length || strings.Trim(parts, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return token{}, false
	}
	p := identity.Person{Business: parts[:secret.IDLength], User: parts[secret.IDLength : 2*secret.IDLength]}
	hash := secret.Hash(text)
	if mark == displayMark {
		hash = secret.Hash(parts[2*secret.IDLength:])
	}
	return token{p, hash, mark}, true
}
