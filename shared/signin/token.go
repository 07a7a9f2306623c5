package signin

import (
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

// TokenLength is the length of a session's token: the ids of the business account and the person, then 160 bits that
// only its holder knows. The ids say where to look, so that finding a session is one read.
const TokenLength = 2*secret.IDLength + secret.TokenLength

// Token is the token of a person's session with these secret bits.
func Token(p identity.Person, bits string) string { return p.Business + p.User + bits }

// passMark begins a guest's pass, so that finding a guest is one read too.
const passMark = "g"

// Pass is the token of a guest with these secret bits.
func Pass(p identity.Person, bits string) string { return passMark + Token(p, bits) }

// readPass takes a guest's pass apart as readToken does a session's token.
func readPass(pass string) (p identity.Person, hash string, ok bool) {
	token, marked := strings.CutPrefix(pass, passMark)
	p, _, ok = readToken(token)
	return p, secret.Hash(pass), marked && ok
}

// readToken takes a token apart; anything that can't be one is refused before anything is read.
func readToken(token string) (p identity.Person, hash string, ok bool) {
	if len(token) != TokenLength || strings.Trim(token, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return identity.Person{}, "", false
	}
	p = identity.Person{Business: token[:secret.IDLength], User: token[secret.IDLength : 2*secret.IDLength]}
	return p, secret.Hash(token), true
}
