// Package secret makes what must not be guessed: ids, tokens and codes, and the hashes under which they are stored.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math/big"
	"strings"
	"unicode"
)

var alphabet = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// IDLength is the length of an id: 16 characters of base32, 80 bits.
const IDLength = 16

// TokenLength is the length of a token: 32 characters of base32, 160 random bits.
const TokenLength = 32

// ID is a new random id. It is no secret, it only says nothing about what it names.
func ID() string { return random(10) }

// Token is a new secret of 160 random bits for sessions, links and passes.
func Token() string { return random(20) }

func random(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // never fails: crypto/rand ends the program rather than give weak bits
	return alphabet.EncodeToString(b)
}

// IsID reports whether s could be an id, so that malformed ones are refused before anything is read.
func IsID(s string) bool { return wellFormed(s, IDLength) }

// IsToken reports the same for a token.
func IsToken(s string) bool { return wellFormed(s, TokenLength) }

func wellFormed(s string, length int) bool {
	return len(s) == length && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// DerivedID is the id that follows from its parts: the same parts give the same id, which makes a repeated creation
// the same write. Parts are length-prefixed, so ("ab","c") and ("a","bc") differ.
func DerivedID(parts ...string) string {
	return alphabet.EncodeToString(digest(sha256.New(), parts)[:10])
}

// Hash is what is stored of a token: enough to recognise it, useless to whoever reads the store. Tokens have 160
// random bits, so a plain SHA-256 can't be searched.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return alphabet.EncodeToString(sum[:20])
}

// Code is a new code of eight decimal digits, for somebody who is signed in.
func Code() string {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		panic(err) // as crypto/rand itself does
	}
	return fmt.Sprintf("%04d %04d", n.Int64()/10_000, n.Int64()%10_000)
}

// A Key is a secret of the deployment's own for what has too few bits to be hashed plainly: codes, e-mail and IP
// addresses.
type Key []byte

// Hash is the keyed hash of its parts, as a base32 text of 160 bits.
func (k Key) Hash(parts ...string) string {
	return alphabet.EncodeToString(digest(hmac.New(sha256.New, k), parts)[:20])
}

// ID is an id that follows from its parts, which nobody without the key can search for.
func (k Key) ID(parts ...string) string { return k.Hash(parts...)[:IDLength] }

// Code is a code of twelve decimal digits that follows from its parts, so that a repeat sends the same one. It is
// for whoever asks without being known, who can ask as often as they like: at a hundred guesses a second, day and
// night, the chance to hit one is 0.3 % in a year.
func (k Key) Code(parts ...string) string {
	n := binary.BigEndian.Uint64(digest(hmac.New(sha256.New, k), parts)) % 1_000_000_000_000
	return fmt.Sprintf("%04d %04d %04d", n/100_000_000, n/10_000%10_000, n%10_000)
}

// Typed is a code that people type or paste as it was mailed: without the blanks, dashes and characters that can't be
// seen around and between its digits, and with the digits of another script or width as those of ASCII.
func Typed(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) || r == '\u2212' { // the sign for minus
			return -1
		}
		return digit(r)
	}, code)
}

// IsTyped reports whether what people typed could be a code: eight digits, or twelve.
func IsTyped(code string) bool {
	digits := Typed(code)
	return (len(digits) == 8 || len(digits) == 12) && strings.Trim(digits, "0123456789") == ""
}

// digit is the digit of ASCII that means the same as one of any script: Unicode has each script's ten in a row, from
// zero on.
func digit(r rune) rune {
	if !unicode.IsDigit(r) {
		return r
	}
	zero := r
	for unicode.IsDigit(zero - 1) {
		zero--
	}
	return '0' + (r-zero)%10
}

// Seal makes of a text a handle that nobody without the key can read, make or change. The same text gives the same
// handle, and texts of one length give handles of one length.
func (k Key) Seal(purpose, text string) string {
	nonce := digest(hmac.New(sha256.New, k), []string{"nonce", purpose, text})[:nonceLength]
	return alphabet.EncodeToString(k.sealing(purpose).Seal(nonce, nonce, []byte(text), nil))
}

// Unseal gives the text of a handle; false where it is none that was made for the purpose.
func (k Key) Unseal(purpose, handle string) (string, bool) {
	sealed, err := alphabet.DecodeString(handle)
	if err != nil || len(sealed) < nonceLength || alphabet.EncodeToString(sealed) != handle {
		return "", false
	}
	text, err := k.sealing(purpose).Open(nil, sealed[:nonceLength], sealed[nonceLength:], nil)
	return string(text), err == nil
}

// SealedLength is how long the handle of a text of so many bytes is.
func SealedLength(text int) int { return alphabet.EncodedLen(nonceLength + text + tagLength) }

const (
	nonceLength = 12
	tagLength   = 16
)

// sealing is AES-256-GCM under a key of its own.
func (k Key) sealing(purpose string) cipher.AEAD {
	key, err1 := hkdf.Key(sha256.New, k, nil, "seal "+purpose, 32)
	block, err2 := aes.NewCipher(key)
	aead, err3 := cipher.NewGCM(block)
	if err := errors.Join(err1, err2, err3); err != nil {
		panic(err) // the lengths are these
	}
	return aead
}

// Equal compares two hashes in constant time.
func Equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func digest(h hash.Hash, parts []string) []byte {
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return h.Sum(nil)
}
