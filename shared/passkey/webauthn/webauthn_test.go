package webauthn_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/passkey/webauthn"
)

const origin = "https://api.example"

var (
	making  = passkey.Of("a request")
	signing = passkey.Of("another request")
)

func party(t testing.TB) webauthn.Party {
	t.Helper()
	p, err := webauthn.Of(origin + "/")
	require.NoError(t, err)
	return p
}

func TestWhoMadeAPasskeyProvesItWithASignatureOverTheChallenge(t *testing.T) {
	holder := passkeytest.At(origin, "api.example")
	key, err := party(t).Register(making, holder.Make(making))
	require.NoError(t, err)
	require.Equal(t, []any{making.User, uint32(0), false}, []any{key.User, key.Count, key.Synced})
	for want := range uint32(3) {
		count, err := party(t).Verify(signing, key, holder.Sign(signing))
		require.NoError(t, err)
		require.Equal(t, want+1, count)
	}
	synced := passkeytest.At(origin, "api.example")
	synced.Flags |= passkeytest.Synced
	key, err = party(t).Register(making, synced.Make(making))
	require.NoError(t, err)
	require.True(t, key.Synced)
	_, err = party(t).Verify(signing, key, synced.Sign(signing))
	require.NoError(t, err)
}

func TestOnOneMachineAPasskeyIsMadeForLocalhostWithItsPort(t *testing.T) {
	p, err := webauthn.Of("http://localhost:8080")
	require.NoError(t, err)
	_, err = p.Register(making, passkeytest.At("http://localhost:8080", "localhost").Make(making))
	require.NoError(t, err)
	_, err = p.Register(making, passkeytest.At("http://localhost:9090", "localhost").Make(making))
	require.ErrorIs(t, err, passkey.ErrWrong)
	_, err = webauthn.Of("no address")
	require.Error(t, err)
}

// authenticators whose word is worth nothing, each for one reason.
var wrong = map[string]func(*passkeytest.Authenticator){
	"a page elsewhere":            func(a *passkeytest.Authenticator) { a.Origin = "https://evil.example" },
	"a page without encryption":   func(a *passkeytest.Authenticator) { a.Origin = "http://api.example" },
	"another party":               func(a *passkeytest.Authenticator) { a.Party = "example" },
	"a holder who isn't verified": func(a *passkeytest.Authenticator) { a.Flags = passkeytest.Present },
	"nobody who is there":         func(a *passkeytest.Authenticator) { a.Flags = passkeytest.Verified },
}

func TestAKeyThatIsMadeElsewhereOrByAHolderWhoIsNotVerifiedIsNone(t *testing.T) {
	for name, change := range wrong {
		t.Run(name, func(t *testing.T) {
			holder := passkeytest.At(origin, "api.example")
			change(holder)
			_, err := party(t).Register(making, holder.Make(making))
			require.ErrorIs(t, err, passkey.ErrWrong)
		})
	}
	made := passkeytest.At(origin, "api.example").Make(making)
	for name, change := range map[string]func(*passkey.Made){
		"another credential":  func(m *passkey.Made) { m.ID = "AAAA" },
		"no base64url":        func(m *passkey.Made) { m.Attestation = "+/=" },
		"an attestation less": func(m *passkey.Made) { m.Attestation = "" },
		"half of it":          func(m *passkey.Made) { m.Attestation = m.Attestation[:len(m.Attestation)/2] },
		"no JSON":             func(m *passkey.Made) { m.ClientData = "AAAA" },
	} {
		t.Run(name, func(t *testing.T) {
			broken := made
			change(&broken)
			_, err := party(t).Register(making, broken)
			require.ErrorIs(t, err, passkey.ErrWrong)
		})
	}
	_, err := party(t).Register(signing, made)
	require.ErrorIs(t, err, passkey.ErrWrong, "of another challenge")
}

func TestAProofOfAnotherChallengeOriginKeyOrHolderProvesNothing(t *testing.T) {
	for name, change := range wrong {
		t.Run(name, func(t *testing.T) {
			holder := passkeytest.At(origin, "api.example")
			key, err := party(t).Register(making, holder.Make(making))
			require.NoError(t, err)
			change(holder)
			_, err = party(t).Verify(signing, key, holder.Sign(signing))
			require.ErrorIs(t, err, passkey.ErrWrong)
		})
	}
	holder := passkeytest.At(origin, "api.example")
	key, err := party(t).Register(making, holder.Make(making))
	require.NoError(t, err)
	proof := holder.Sign(signing)
	_, err = party(t).Verify(passkey.Of("a third"), key, proof)
	require.ErrorIs(t, err, passkey.ErrWrong, "of another challenge")
	for name, change := range map[string]func(*passkey.Proof){
		"another credential": func(p *passkey.Proof) { p.ID = "AAAA" },
		"another holder":     func(p *passkey.Proof) { p.User = signing.User },
		"another count":      func(p *passkey.Proof) { p.AuthenticatorData = altered(p.AuthenticatorData) },
		"another signature":  func(p *passkey.Proof) { p.Signature = altered(p.Signature) },
		"none at all":        func(p *passkey.Proof) { *p = passkey.Proof{} },
	} {
		t.Run(name, func(t *testing.T) {
			broken := proof
			change(&broken)
			_, err := party(t).Verify(signing, key, broken)
			require.ErrorIs(t, err, passkey.ErrWrong)
		})
	}
	_, err = party(t).Verify(signing, passkey.Key{}, proof)
	require.ErrorIs(t, err, passkey.ErrWrong, "of a key that isn't there")
}

// altered changes the last letter but one.
func altered(text string) string {
	at := len(text) - 2
	other := "A"
	if strings.HasPrefix(text[at:], "A") {
		other = "B"
	}
	return text[:at] + other + text[at+1:]
}
