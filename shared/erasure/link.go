package erasure

import (
	"context"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// LinkPath is where links lead; what follows it is the link.
const LinkPath = "/erasure/"

// NewLink stores a link that erases the person when its form is sent, and gives the link's URL. It holds the person's
// random ids and 160 bits that follow from the request and the deployment's key for links; only their hash is stored.
// A repeat of the request, as after a mail that was stopped half-way, has the same link. It lasts a week and works
// once. The error is table.ErrGone when the person is no longer registered.
func NewLink(ctx context.Context, tables *table.Tables, keys secret.Ring, p identity.Person, request, language,
	publicURL string, now time.Time) (string, error) {
	token := keys.Hash("erasure link", p.Business, p.User, request)
	if err := tables.AddLink(ctx, p, secret.Hash(token), table.Link{Language: language}, now); err != nil {
		return "", err
	}
	return strings.TrimSuffix(publicURL, "/") + LinkPath + p.Business + p.User + token, nil
}

// parseLink takes a link apart; false when it can't be one.
func parseLink(link string) (p identity.Person, hash string, ok bool) {
	if len(link) != 2*secret.IDLength+secret.TokenLength {
		return p, "", false
	}
	business, user, token := link[:secret.IDLength], link[secret.IDLength:2*secret.IDLength], link[2*secret.IDLength:]
	if !secret.IsID(business) || !secret.IsID(user) || !secret.IsToken(token) {
		return p, "", false
	}
	return identity.Person{Business: business, User: user}, secret.Hash(token), true
}
