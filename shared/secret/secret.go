// Package secret makes what must not be guessed: ids, tokens and codes, and the hashes under which they are stored.
package secret

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash"
	"math/big"
	"os"
	"strings"
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

// Code is a new sign-in code: eight decimal digits.
func Code() string {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		panic(err) // as crypto/rand itself does
	}
	return fmt.Sprintf("%08d", n)
}

// A Key is the deployment's own secret for what has too few bits to be hashed plainly: codes, e-mail and IP
// addresses.
type Key []byte

// Hash is the keyed hash of its parts, as a base32 text of 160 bits.
func (k Key) Hash(parts ...string) string {
	return alphabet.EncodeToString(digest(hmac.New(sha256.New, k), parts)[:20])
}

// ID is an id that follows from its parts, which nobody without the key can search for.
func (k Key) ID(parts ...string) string { return k.Hash(parts...)[:IDLength] }

// Code is a code of eight decimal digits that follows from its parts, so that a repeat sends the same one.
func (k Key) Code(parts ...string) string {
	sum := digest(hmac.New(sha256.New, k), parts)
	return fmt.Sprintf("%08d", binary.BigEndian.Uint64(sum)%100_000_000)
}

// KeyVariable names the environment variable with the deployment's key.
const KeyVariable = "HASH_KEY"

// KeyFromEnvironment is the deployment's key. A short one is an error: its hashes could be searched.
func KeyFromEnvironment() (Key, error) {
	key := os.Getenv(KeyVariable)
	if len(key) < 32 {
		return nil, fmt.Errorf("%s has %d characters; accepted: at least 32 random ones", KeyVariable, len(key))
	}
	return Key(key), nil
}

// Equal compares two hashes in constant time.
func Equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func digest(h hash.Hash, parts []string) []byte {
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return h.Sum(nil)
}
