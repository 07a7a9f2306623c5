// Package passkeytest is an authenticator for tests, as a browser would use it: it makes keys of ES256 and signs with
// them, with a holder who was verified and a count of its signatures (W3C Web Authentication, level 3, 6.1 and 6.5).
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/url"
	"slices"

	"github.com/iotspot/iotspot/shared/passkey"
)

// What the flags of an authenticator say (6.1).
const (
	Present  = 0x01
	Verified = 0x04
	Synced   = 0x08
	attested = 0x40
)

// An Authenticator holds one key, of one party.
type Authenticator struct {
	Origin string // of the page, as https://api.example
	Party  string // its id, as api.example
	Flags  byte
	Count  uint32

	id   []byte
	user string
	key  *ecdsa.PrivateKey
}

// At is an authenticator whose holder is verified each time, on a page of an origin.
func At(origin, party string) *Authenticator {
	return &Authenticator{Origin: origin, Party: party, Flags: Present | Verified}
}

// Of is one on the pages of an app that is reached at an address.
func Of(address string) *Authenticator {
	at, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return At(at.Scheme+"://"+at.Host, at.Hostname())
}

// Make makes a key in a ceremony; it takes the place of one that was made before.
func (a *Authenticator) Make(c passkey.Ceremony) passkey.Made {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	a.key, a.user, a.id = key, c.User, make([]byte, 32)
	rand.Read(a.id)
	point, err := key.PublicKey.Bytes() // 4, then x and y
	if err != nil {
		panic(err)
	}
	data := slices.Concat(a.data(attested), make([]byte, 16), binary.BigEndian.AppendUint16(nil, uint16(len(a.id))),
		a.id,
		coseKey(point[1:33], point[33:]))
	return passkey.Made{ID: text(a.id), ClientData: text(a.clientData("webauthn.create", c.Challenge)),
		Attestation: text(attestation(data))}
}

// Sign proves in a ceremony that the key is held.
func (a *Authenticator) Sign(c passkey.Ceremony) passkey.Proof {
	a.Count++
	data, client := a.data(0), a.clientData("webauthn.get", c.Challenge)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(slices.Concat(data, hash[:]))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, signed[:])
	if err != nil {
		panic(err)
	}
	return passkey.Proof{ID: text(a.id), ClientData: text(client), AuthenticatorData: text(data),
		Signature: text(signature), User: a.user}
}

// Proof is a proof with a key that was never registered.
func (a *Authenticator) Proof(c passkey.Ceremony) passkey.Proof {
	a.Make(c)
	return a.Sign(c)
}

func (a *Authenticator) data(flags byte) []byte {
	party := sha256.Sum256([]byte(a.Party))
	return binary.BigEndian.AppendUint32(append(party[:], a.Flags|flags), a.Count)
}

func (a *Authenticator) clientData(kind, challenge string) []byte {
	data, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.Origin,
		"crossOrigin": false})
	if err != nil {
		panic(err)
	}
	return data
}

// coseKey is {1: 2, 3: -7, -1: 1, -2: x, -3: y} in CBOR (RFC 9053, 7.1.1).
func coseKey(x, y []byte) []byte {
	return slices.Concat([]byte{0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32}, x, []byte{0x22, 0x58, 32}, y)
}

// attestation is {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
func attestation(data []byte) []byte {
	return slices.Concat([]byte{0xa3, 0x63}, []byte("fmt"), []byte{0x64}, []byte("none"), []byte{0x67},
		[]byte("attStmt"), []byte{0xa0, 0x68}, []byte("authData"), []byte{0x59},
		binary.BigEndian.AppendUint16(nil, uint16(len(data))), data)
}

func text(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }
