package sensor

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"strings"
	"time"
)

// MaxSignature is the most characters that a connector's signature may have; one is some 250 long.
const MaxSignature = 2 << 10

// Signed reports whether a message was sent by a data connector of Disruptive Technologies that knows the secret. Its
// signature is a JSON Web Token, signed by HMAC-SHA256 alone, that holds a checksum of the body and is good for an
// hour (developer.disruptive-technologies.com, "Receiving Events"). Where it holds the checksum by SHA-256, that must
// fit; else the one by SHA-1, which the token's own signature keeps from being chosen.
func Signed(body []byte, signature, secret string, now time.Time) bool {
	parts := strings.Split(signature, ".")
	if secret == "" || len(signature) > MaxSignature || len(parts) != 3 {
		return false
	}
	var header struct {
		Algorithm string `json:"alg"`
	}
	var claims struct {
		SHA1    string `json:"checksum"`
		SHA256  string `json:"checksum_sha256"`
		Expires int64  `json:"exp"`
	}
	sealed, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !member(parts[0], &header) || header.Algorithm != "HS256" {
		return false
	}
	seal := hmac.New(sha256.New, []byte(secret))
	seal.Write([]byte(parts[0] + "." + parts[1]))
	if !hmac.Equal(seal.Sum(nil), sealed) || !member(parts[1], &claims) || !now.Before(time.Unix(claims.Expires, 0)) {
		return false
	}
	if claims.SHA256 != "" {
		return fits(claims.SHA256, sha256.New(), body)
	}
	return fits(claims.SHA1, sha1.New(), body)
}

// member reads one part of a token.
func member(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.NewDecoder(bytes.NewReader(text)).Decode(into) == nil
}

func fits(checksum string, of hash.Hash, body []byte) bool {
	of.Write(body)
	return subtle.ConstantTimeCompare([]byte(hex.EncodeToString(of.Sum(nil))), []byte(strings.ToLower(checksum))) == 1
}
