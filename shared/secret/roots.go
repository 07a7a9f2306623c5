package secret

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Roots are what the operator keeps of the deployment's keys: the root from which they follow, and while they are
// changed another one. They stand in one secret, with the keys that follow from them under the names of their
// purposes, and the deployment gives each function its own of those; no function has a root.
//
// A change takes three steps of Next, with a deployment after each, and loses nothing: first all functions learn to
// know what is made under the new keys; then they make everything under them and still know what was made under the
// old, and addresses are written anew (see scripts/keys); and when all else that was made under the old keys has
// passed its deadline, they are forgotten.
type Roots struct {
	Root  Root      `json:"root"`            // of the keys under which everything is made
	Other *Root     `json:"other,omitempty"` // of those that are known besides
	Step  Step      `json:"step"`
	Since time.Time `json:"since"` // of the step
}

// A Root is a secret from which keys follow.
type Root struct {
	Secret string `json:"secret"`
	// Whole is of the releases that had one key for all purposes, HASH_KEY: this is it.
	Whole bool `json:"whole,omitempty"`
}

// A Step is how far a change of keys is.
type Step string

// The steps.
const (
	Settled    Step = "settled"    // one root
	Introduced Step = "introduced" // the other is new, and known
	Turned     Step = "turned"     // the other is old, and still known
)

// How long steps last at least.
const (
	// Deployed is time for a deployment, and for what ran before it to end.
	Deployed = time.Hour
	// Outlived is longer than what is made lasts, but for addresses: a guest's pass for 92 days ahead, and 6 weeks.
	Outlived = (92 + 42 + 2) * 24 * time.Hour
)

// ErrTooSoon says that a step has not lasted as long as it must.
var ErrTooSoon = errors.New("secret: it is too soon for the next step")

// NewRoots are those of a deployment that has made nothing yet, from a random text of at least 32 characters.
func NewRoots(random string, now time.Time) Roots {
	return Roots{Root: Root{Secret: random}, Step: Settled, Since: now.UTC()}
}

// ReadRoots reads the secret. That of a release with HASH_KEY is one key, under which everything was made; it is
// taken for the first step of a change.
func ReadRoots(text string, now time.Time) (Roots, error) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "{") {
		if len(text) < 32 {
			return Roots{}, fmt.Errorf("the secret has %d characters; accepted: at least 32 random ones", len(text))
		}
		return Roots{Root: Root{Secret: text, Whole: true}, Other: newRoot(), Step: Introduced, Since: now.UTC()}, nil
	}
	var kept struct {
		Roots Roots `json:"roots"`
	}
	err := json.Unmarshal([]byte(text), &kept)
	return kept.Roots, err
}

func newRoot() *Root { return &Root{Secret: Token() + Token()} }

// Text is what stands in the secret.
func (r Roots) Text() (string, error) {
	members := map[string]any{"roots": r}
	for _, purpose := range Purposes {
		members[string(purpose)] = r.Value(purpose)
	}
	text, err := json.Marshal(members)
	return string(text), err
}

// Value is that of a purpose's variable.
func (r Roots) Value(purpose Purpose) string {
	value := r.Root.key(purpose)
	if r.Other != nil {
		value += " " + r.Other.key(purpose)
	}
	return value
}

// Keys are those of all purposes.
func (r Roots) Keys() Keys {
	keys := Keys{}
	for _, purpose := range Purposes {
		for key := range strings.FieldsSeq(r.Value(purpose)) {
			keys[purpose] = append(keys[purpose], Key(key))
		}
	}
	return keys
}

// key is derived by HKDF (RFC 5869) from the root, for the purpose alone.
func (r Root) key(purpose Purpose) string {
	if r.Whole {
		return r.Secret
	}
	key, err := hkdf.Key(sha256.New, []byte(r.Secret), nil, string(purpose), 32)
	if err != nil {
		panic(err) // the length is this
	}
	return alphabet.EncodeToString(key)
}

// Next are the roots after the next step. It is ErrTooSoon before the step that is has lasted as long as it must.
func (r Roots) Next(now time.Time) (Roots, error) {
	least := map[Step]time.Duration{Introduced: Deployed, Turned: Outlived}[r.Step]
	if now.Before(r.Since.Add(least)) {
		return r, fmt.Errorf("%w: not before %s", ErrTooSoon, r.Since.Add(least).Format(time.RFC3339))
	}
	next := Roots{Since: now.UTC()}
	switch r.Step {
	case Settled:
		next.Root, next.Other, next.Step = r.Root, newRoot(), Introduced
	case Introduced:
		next.Root, next.Other, next.Step = *r.Other, &r.Root, Turned
	case Turned:
		next.Root, next.Step = r.Root, Settled
	default:
		return r, fmt.Errorf("secret: %q is no step", r.Step)
	}
	return next, nil
}
