// Package passkey has what passes between a server and whoever holds a passkey (W3C Web Authentication, level 3):
// challenges, new keys, and proofs that somebody holds one. What is binary is text here, in base64url.
package passkey

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// ErrWrong is the one answer to whatever proves nothing: another challenge, origin or key, a signature that doesn't
// fit, a holder who wasn't verified, or what can't be read.
var ErrWrong = errors.New("passkey: this proves nothing")

// A Ceremony is one attempt to make a key or to prove that one is held.
type Ceremony struct {
	Challenge string `json:"challenge"` // of 32 bytes
	// user handle of a key that is made in it, of 32 bytes that say nothing of anybody
	User string `json:"user"`
}

// Of is the ceremony of a request, which follows from a secret that it alone has, and so needs no place of its own.
// It ends with the secret, and works once where the secret does.
func Of(secret string) Ceremony {
	return Ceremony{Challenge: digest("challenge", secret), User: digest("user", secret)}
}

func digest(what, secret string) string {
	sum := sha256.Sum256([]byte(what + " " + secret))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// A Key is what a server keeps of a passkey. Nobody can sign with it.
type Key struct {
	ID     string // of the credential, chosen by the authenticator
	Public string // COSE_Key
	User   string // user handle with which it was made
	Count  uint32 // of the signatures that were made with it, 0 where its authenticator doesn't count
	Synced bool   // it can be copied to other devices of its holder ("backup eligible")
}

// Made is what a browser says of a key that was made.
type Made struct {
	ID          string `json:"id"`
	ClientData  string `json:"client_data"`
	Attestation string `json:"attestation"`
}

// A Proof is what a browser says of a key with which was signed.
type Proof struct {
	ID                string `json:"id"`
	ClientData        string `json:"client_data"`
	AuthenticatorData string `json:"authenticator_data"`
	Signature         string `json:"signature"`
	User              string `json:"user"`
}

// A Party is who keys are made for: an origin on the web.
type Party interface {
	// Register is the key that was made in a ceremony, by a holder who was verified, by a PIN or finger; else
	// ErrWrong.
	Register(c Ceremony, made Made) (Key, error)
	// Verify reports how many signatures were made with a key after the one that proves it in a ceremony, by a holder
	// who was verified; else ErrWrong. That the count has grown is left to who keeps it.
	Verify(c Ceremony, key Key, proof Proof) (count uint32, err error)
}
