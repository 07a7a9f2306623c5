// Package today answers at once what a person who opens the app needs to see: their days with a spot to reserve,
// from booking, and which of their favourite colleagues are in, from colleague.
package today

import (
	"context"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/web"
)

// Days are what people open the app for.
type Days struct {
	Bookings   booking.Bookings
	Colleagues colleague.Finder
}

// Routes are the use cases with the operations that they serve.
func (d Days) Routes() []web.Route {
	return []web.Route{web.On(api.ShowToday, d.Today), web.On(api.ShowAccess, d.Bookings.Access)}
}

// Today is a person's days, and their favourite colleagues who are in.
type Today struct {
	booking.Today
	Favourites []colleague.Favourite `json:"favourites"`
}

// Today reads both side by side, and counts neither as a search: favourites are kept to be seen here.
func (d Days) Today(ctx context.Context, caller identity.Caller, in booking.TodayInput) (Today, error) {
	var today Today
	err := parallel.Together(ctx,
		func() (err error) { today.Today, err = d.Bookings.Today(ctx, caller, in); return err },
		func() (err error) { today.Favourites, err = d.Colleagues.FavouritesIn(ctx, caller); return err })
	return today, err
}
