// Package bearer knows the tokens that callers bear: of a session, of a guest's pass, and of a member of staff's shift.
// It makes them, and finds out who is calling with one.
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
	return t.Person, ok && !t.pass
}

// Pass is the token of a guest with these secret bits.
func Pass(p identity.Person, bits string) string { return passMark + Token(p, bits) }

// A token is one taken apart: the person it names, its hash, and whether it is a guest's pass.
type token struct {
	identity.Person
	hash string
	pass bool
}

// read takes a session's token or a pass apart; anything that can't be one is refused before anything is read.
func read(text string) (token, bool) {
	parts, pass := text, len(text) == len(passMark)+length && strings.HasPrefix(text, passMark)
	if pass {
		parts = text[len(passMark):]
	}
	if len(parts) != length || strings.Trim(parts, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return token{}, false
	}
	p := identity.Person{Business: parts[:secret.IDLength], User: parts[secret.IDLength : 2*secret.IDLength]}
	return token{p, secret.Hash(text), pass}, true
}
