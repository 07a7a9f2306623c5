// profile shows and changes all that a registration holds: items, consent, photo and favourites.
package main

import (
	"context"
	"os"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/mail/ses"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

func main() {
	ctx, now := context.Background(), must.Have(clock.FromEnvironment())
	my := account.Settings{Tables: must.Have(table.Open(ctx, now)), Photos: must.Have(photo.Open(ctx)),
		Mail: must.Have(ses.Open(ctx)),
		Key:  must.Have(secret.KeyFromEnvironment()), Now: now, Statement: privacy.StatementVersion,
		Support: os.Getenv("SUPPORT"), Pace: signin.Pace}
	web.Start(
		web.On(api.ReadProfile, my.Read), web.On(api.ChangeProfile, my.Change), web.On(api.GiveConsent, my.Consent),
		web.On(api.RemoveRecord, my.RemoveRecord),
		web.On(api.AskAddress, my.AskAddress), web.On(api.MoveAddress, my.MoveAddress),
		web.On(api.SetPhoto, my.SetPhoto), web.On(api.ReadPhoto, my.Photo), web.On(api.RemovePhoto, my.RemovePhoto),
		web.On(api.ReadFavourites, my.Favourites),
		web.On(api.AddFavouriteSpot, my.AddSpot), web.On(api.RemoveFavouriteSpot, my.RemoveSpot),
		web.On(api.AddFavouriteColleague, my.AddColleague), web.On(api.RemoveFavouriteColleague, my.RemoveColleague),
	)
}
