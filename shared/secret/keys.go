package secret

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// A Purpose is what a key of the deployment is for, and names the environment variable with which a function is given
// it. A function has the keys of its own purposes: who reads its memory can do with them what it does, and no more.
type Purpose string

// The purposes, each with how long what is made under its key is of use. A change of keys waits for the longest of
// them, but for addresses, which it writes anew; see Roots.
const (
	Addresses     Purpose = "ADDRESS_KEY"       // by which an address is found: while it is registered
	SignIns       Purpose = "SIGN_IN_KEY"       // handles and codes: ten minutes
	StaffSignIns  Purpose = "STAFF_SIGN_IN_KEY" // the same of the operator's staff
	Registrations Purpose = "REGISTRATION_KEY"  // handles and codes of registrations and openings: an hour
	NewAddresses  Purpose = "NEW_ADDRESS_KEY"   // codes: an hour
	Attempts      Purpose = "ATTEMPT_KEY"       // under what is counted, and displays' codes: an hour
	Guests        Purpose = "GUEST_KEY"         // from an invitation to the guest: a pass at its longest, and 6 weeks
	Links         Purpose = "LINK_KEY"          // to erase with: as long as an event is brought again, a day
	Domains       Purpose = "DOMAIN_KEY"        // records that prove a domain: until they were seen
	Looks         Purpose = "LOOK_KEY"          // ids of looks and disclosures: an hour
)

// Purposes are all of them.
var Purposes = []Purpose{Addresses, SignIns, StaffSignIns, Registrations, NewAddresses, Attempts, Guests, Links,
	Domains,
	Looks}

// Keys are those that a function has.
type Keys map[Purpose]Ring

// KeysFromEnvironment are the deployment's keys for these purposes. A missing or a short one is an error: its hashes
// could be searched.
func KeysFromEnvironment(purposes ...Purpose) (Keys, error) {
	keys := Keys{}
	var errs []error
	for _, purpose := range purposes {
		for key := range strings.FieldsSeq(os.Getenv(string(purpose))) {
			if len(key) < 32 {
				errs = append(errs, fmt.Errorf("%s has a key of %d characters; accepted: at least 32 random ones",
					purpose, len(key)))
			}
			keys[purpose] = append(keys[purpose], Key(key))
		}
		if len(keys[purpose]) == 0 {
			errs = append(errs, fmt.Errorf("%s is missing", purpose))
		}
	}
	return keys, errors.Join(errs...)
}

// A Ring has the keys for one purpose. What is made is made under the first; what was made under any of them is
// known. There is more than one only while the deployment's keys are changed.
type Ring []Key

// first ends a function that was not given what it uses.
func (r Ring) first() Key {
	if len(r) == 0 {
		panic("secret: there is no key for this purpose")
	}
	return r[0]
}

// Hash is Key.Hash under the first key.
func (r Ring) Hash(parts ...string) string { return r.first().Hash(parts...) }

// ID is Key.ID under the first key.
func (r Ring) ID(parts ...string) string { return r.first().ID(parts...) }

// Code is Key.Code under the first key.
func (r Ring) Code(parts ...string) string { return r.first().Code(parts...) }

// Seal is Key.Seal under the first key.
func (r Ring) Seal(purpose, text string) string { return r.first().Seal(purpose, text) }

// Hashes are those of its parts under each key; the first is Hash.
func (r Ring) Hashes(parts ...string) []string {
	hashes := []string{r.Hash(parts...)}
	for _, key := range r[1:] {
		hashes = append(hashes, key.Hash(parts...))
	}
	return hashes
}

// Made reports whether a hash is that of its parts under any of the keys, in constant time.
func (r Ring) Made(hash string, parts ...string) bool {
	made := false
	for _, one := range r.Hashes(parts...) {
		made = Equal(one, hash) || made
	}
	return made
}

// Unseal gives the text of a handle and the key under which it was made; false where it is none that was made for the
// purpose.
func (r Ring) Unseal(purpose, handle string) (string, Key, bool) {
	for _, key := range r {
		if text, ok := key.Unseal(purpose, handle); ok {
			return text, key, true
		}
	}
	return "", nil, false
}
