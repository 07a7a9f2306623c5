// Package webauthn checks passkeys with go-webauthn. It alone knows the formats of WebAuthn.
package webauthn

import (
	"encoding/base64"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/iotspot/iotspot/shared/passkey"
)

// A Party is an app at one origin.
type Party struct{ web *webauthn.WebAuthn }

// Of is the party of an app that is reached at an address, as https://api.iotspot.example: a key is made for its host
// alone, and only pages of its own origin can ask for a proof.
func Of(address string) (Party, error) {
	at, err := url.Parse(address)
	if err != nil || at.Host == "" {
		return Party{}, fmt.Errorf("webauthn: %q is no address of an app; accepted: one such as "+
			"https://api.example.com",
			address)
	}
	web, err := webauthn.New(&webauthn.Config{RPID: at.Hostname(), RPDisplayName: "iotspot",
		RPOrigins: []string{at.Scheme + "://" + at.Host}})
	return Party{web}, err
}

// algorithms are those that a key may have: what authenticators have, as the app asks them for it.
var algorithms = []protocol.CredentialParameter{
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgES256},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgEdDSA},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgRS256},
}

// Register does what passkey.Party promises (WebAuthn, 7.1). Nothing is asked of the maker of an authenticator.
func (p Party) Register(c passkey.Ceremony, made passkey.Made) (passkey.Key, error) {
	response := protocol.CredentialCreationResponse{PublicKeyCredential: credential(made.ID)}
	response.AttestationResponse.ClientDataJSON = bytes(made.ClientData)
	response.AttestationResponse.AttestationObject = bytes(made.Attestation)
	parsed, err := response.Parse()
	if err != nil {
		return passkey.Key{}, passkey.ErrWrong
	}
	key, err := p.web.CreateCredential(holder{id: bytes(c.User)}, session(c), parsed)
	if err != nil {
		return passkey.Key{}, passkey.ErrWrong
	}
	return passkey.Key{ID: text(key.ID), Public: text(key.PublicKey), User: c.User,
		Count:  key.Authenticator.SignCount,
		Synced: key.Flags.BackupEligible}, nil
}

// Verify does what passkey.Party promises (WebAuthn, 7.2).
func (p Party) Verify(c passkey.Ceremony, key passkey.Key, proof passkey.Proof) (uint32, error) {
	response := protocol.CredentialAssertionResponse{PublicKeyCredential: credential(proof.ID)}
	response.AssertionResponse.ClientDataJSON = bytes(proof.ClientData)
	response.AssertionResponse.AuthenticatorData = bytes(proof.AuthenticatorData)
	response.AssertionResponse.Signature = bytes(proof.Signature)
	response.AssertionResponse.UserHandle = bytes(proof.User)
	parsed, err := response.Parse()
	if err != nil {
		return 0, passkey.ErrWrong
	}
	c.User = key.User
	_, err = p.web.ValidateLogin(holder{bytes(key.User), []webauthn.Credential{{ID: bytes(key.ID),
		PublicKey: bytes(key.Public), Flags: webauthn.CredentialFlags{BackupEligible: key.Synced}}}}, session(c),
		parsed)
	if err != nil {
		return 0, passkey.ErrWrong
	}
	return parsed.Response.AuthenticatorData.Counter, nil
}

func session(c passkey.Ceremony) webauthn.SessionData {
	return webauthn.SessionData{Challenge: c.Challenge, UserID: bytes(c.User), CredParams: algorithms,
		UserVerification: protocol.VerificationRequired}
}

func credential(id string) protocol.PublicKeyCredential {
	return protocol.PublicKeyCredential{RawID: bytes(id),
		Credential: protocol.Credential{ID: id, Type: string(protocol.PublicKeyCredentialType)}}
}

// A holder is somebody with the keys of theirs that are in question.
type holder struct {
	id   []byte
	keys []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return h.id }
func (h holder) WebAuthnName() string                       { return "" }
func (h holder) WebAuthnDisplayName() string                { return "" }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// bytes are those of a text in base64url; none where it isn't, which proves nothing.
func bytes(text string) []byte {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return decoded
}

func text(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }
