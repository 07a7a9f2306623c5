package whole

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/floorplan"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/report"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/gate"
)

const (
	publicURL  = "https://api.example"
	controller = "Example Controller B.V."

	// SupportAddress is where people write to.
	SupportAddress = "support@controller.example"
)

// routes are all operations with their use cases, as the functions tie them together.
func (w *World) routes() []web.Route {
	key, now, tables := enginetest.Key, w.Clock.Now, w.Tables
	registry := account.Desk{Tables: tables, Mail: w, Key: key, Now: now, Statement: privacy.StatementVersion}
	porch := signin.Desk{Tables: tables, Mail: w, Key: key, Now: now}
	my := account.Settings{Tables: tables, Photos: w.Photos, Mail: w, Key: key, Now: now,
		Statement: privacy.StatementVersion, Support: SupportAddress}
	office := business.Desk{Tables: tables, Mail: w, Key: key, Records: w, Now: now,
		Statement: privacy.StatementVersion}
	b, drawer := w.Building(), floorplan.Drawer{Tables: tables, Images: w.Photos}
	desk := booking.Desk{Tables: tables, Now: now}
	door := presence.Door{Tables: tables, Now: now}
	finder := colleague.Finder{Tables: tables, Photos: w.Photos, Now: now}
	told := w.overviews()
	last := contract.Desk{Tables: tables, Bus: w, Now: now}
	leave := erasure.Desk{Tables: tables, Bus: w, Key: key, Now: now, Controller: controller, Support: SupportAddress}
	host := guests.Desk{Tables: tables, Mail: w, Leave: leave, Key: key, Now: now, Controller: controller,
		Support: SupportAddress}
	lodge := staff.Door{Tables: tables, Mail: w, Key: key, Now: now}
	operator := staff.Desk{Tables: tables, Key: key, Now: now, Overviews: told}
	self := guests.Self{Tables: tables, Now: now, Statement: privacy.StatementVersion}
	publisher := statement.Publisher{Controller: controller, Support: SupportAddress}
	return []web.Route{
		web.On(api.OpenAccount, office.Open), web.On(api.ConfirmAccount, office.Confirm),
		web.On(api.GetAccount, office.Account), web.On(api.ChangeAccount, office.Change),
		web.On(api.ProveDomain, office.Prove), web.On(api.AccountLooks, office.Looks),
		web.On(api.NameRole, office.Name),
		web.On(api.ConfirmOfficer, office.ConfirmOfficer), web.On(api.EndContract, last.End),
		web.On(api.ListLocations, b.Locations), web.On(api.AddLocation, b.AddLocation),
		web.On(api.GetLocation, b.Location),
		web.On(api.ChangeLocation, b.ChangeLocation), web.On(api.RemoveLocation, b.RemoveLocation),
		web.On(api.AddFloor, b.AddFloor), web.On(api.GetFloor, b.Floor), web.On(api.ChangeFloor, b.ChangeFloor),
		web.On(api.RemoveFloor, b.RemoveFloor),
		web.On(api.SetPlan, drawer.Set), web.On(api.ReadPlan, drawer.Show), web.On(api.RemovePlan, drawer.Remove),
		web.On(api.AddZone, b.AddZone), web.On(api.ChangeZone, b.ChangeZone), web.On(api.RemoveZone, b.RemoveZone),
		web.On(api.AddSpot, b.AddSpot), web.On(api.GetSpot, b.Spot), web.On(api.ChangeSpot, b.ChangeSpot),
		web.On(api.RemoveSpot, b.RemoveSpot),
		web.On(api.TieSensor, b.TieSensor), web.On(api.UntieSensor, b.UntieSensor), web.On(api.Import, b.Import),
		web.On(api.Register, registry.Register), web.On(api.ConfirmRegistration, registry.Confirm),
		web.On(api.AskSignIn, porch.Ask), web.On(api.SignIn, porch.Start), web.On(api.SignOut, porch.End),
		web.On(api.SignOutEverywhere, porch.EndAll),
		web.On(api.ReadProfile, my.Read), web.On(api.RemoveRecord, my.RemoveRecord),
		web.On(api.ChangeProfile, my.Change), web.On(api.GiveConsent, my.Consent),
		web.On(api.AskAddress, my.AskAddress), web.On(api.MoveAddress, my.MoveAddress),
		web.On(api.SetPhoto, my.SetPhoto), web.On(api.ReadPhoto, my.Photo), web.On(api.RemoveRecord, my.RemoveRecord),
		web.On(api.RemovePhoto, my.RemovePhoto),
		web.On(api.ReadFavourites, my.Favourites), web.On(api.AddFavouriteSpot, my.AddSpot),
		web.On(api.RemoveFavouriteSpot, my.RemoveSpot),
		web.On(api.AddFavouriteColleague, my.AddColleague), web.On(api.RemoveFavouriteColleague, my.RemoveColleague),
		web.On(api.SearchColleagues, finder.Search), web.On(api.ShowColleague, finder.Show),
		web.On(api.ColleaguePhoto, finder.Photo),
		web.On(api.WhoIsIn, finder.WhoIsIn), web.On(api.EmergencyList, finder.EmergencyList),
		web.On(api.Availability, desk.Availability), web.On(api.Reserve, desk.Reserve),
		web.On(api.GetReservation, desk.Get),
		web.On(api.ChangeReservation, desk.Change), web.On(api.CancelReservation, desk.Cancel),
		web.On(api.Agenda, desk.Agenda),
		web.On(api.CheckIn, door.CheckIn), web.On(api.Retract, door.Retract),
		web.On(api.ReleaseReservation, door.Release), web.On(api.WalkUp, door.WalkUp),
		web.On(api.InviteGuest, host.Invite), web.On(api.ListGuests, host.List), web.On(api.EndGuest, host.End),
		web.On(api.ReplacePass, host.Replace),
		web.On(api.ViewPass, self.View), web.On(api.ChangePass, self.Change),
		web.On(api.UsageTag, usage.Counter{Tables: tables, Now: now}.Count),
		web.On(api.Statistics, statistics.Desk{Tables: tables}.Show),
		web.On(api.ViewOverview, told.View), web.On(api.AskOverview, told.Ask),
		web.On(api.EraseInApp, leave.Erase), web.On(api.OpenErasure, leave.Open),
		web.On(api.ConfirmErasure, leave.Confirm),
		web.On(api.AskStaffSignIn, lodge.Ask), web.On(api.StaffSignIn, lodge.Start),
		web.On(api.StaffSignOut, lodge.End),
		web.On(api.LookAtPerson, operator.Look), web.On(api.LookAtAccount, operator.LookAtAccount),
		web.On(api.StaffOverview, operator.Own),
		web.On(api.Disclose, operator.Disclose), web.On(api.UsageTag, usage.Counter{Tables: tables, Now: now}.Count),
		web.On(api.ShareSpot, share.Show), web.On(api.ShowStatement, publisher.Show),
		web.On(api.StatementVersion, publisher.Version),
		web.On(api.OpenAPI, openapi.ServeDocument), web.On(api.Reference, openapi.ServePage),
	}
}

// Building is the room of locations, floors and spots.
func (w *World) Building() building.Building {
	return building.Building{Tables: w.Tables, Bus: w, Plans: w.Photos, Now: w.Clock.Now, API: publicURL}
}

func (w *World) overviews() overview.Desk {
	return overview.Desk{Tables: w.Tables, Post: w, Bus: w, Photos: w.Photos, Mails: w.Received, Key: enginetest.Key,
		Now:       w.Clock.Now,
		PublicURL: publicURL, Controller: controller, Support: SupportAddress}
}

// Erasure is what carries erasures out.
func (w *World) Erasure() erasure.Worker {
	return erasure.Worker{Tables: w.Tables, Post: w, Photos: w.Photos, Mails: w.Received, Key: enginetest.Key,
		Now:        w.Clock.Now,
		Controller: controller, Support: SupportAddress, Metrics: w.Log}
}

// ContractEnd is what removes the business accounts whose contract has ended.
func (w *World) ContractEnd() contract.Worker {
	return contract.Worker{Tables: w.Tables, Post: w, Files: w.Photos, Mails: w.Received, Key: enginetest.Key,
		Now:        w.Clock.Now,
		Controller: controller, Support: SupportAddress}
}

// SupportMail is what handles mail to the support address.
func (w *World) SupportMail() support.Desk {
	return support.Desk{Tables: w.Tables, Mails: w.Received, Overviews: w.overviews(), Key: enginetest.Key,
		Address: SupportAddress, Now: w.Clock.Now}
}

// DayClose is what ends days.
func (w *World) DayClose() dayclose.Closer {
	return dayclose.Closer{Tables: w.Tables, Now: w.Clock.Now, Metrics: w.Log}
}

// Sweep takes one step of a new process that sweeps.
func (w *World) Sweep(ctx context.Context) error {
	sweeper := retention.Sweeper{Tables: w.Tables, Now: w.Clock.Now, Metrics: w.Log}
	return sweeper.Step(ctx)
}

// NoShow is the minute's round of those who don't come and of spots that were removed.
func (w *World) NoShow(ctx context.Context) error {
	watch := presence.Watch{Tables: w.Tables, Now: w.Clock.Now, Report: report.Count, Metrics: w.Log}
	return errors.Join(watch.Round(ctx), w.Building().Round(ctx))
}

// Listener is what takes the messages of sensors.
func (w *World) Listener() presence.Listener {
	return presence.Listener{Tables: w.Tables, Aside: unreadable{w}, Now: w.Clock.Now, Report: presence.CountOutcome}
}

// invoke runs a function as its trigger would.
func (w *World) invoke(function string, payload []byte) ([]byte, error) {
	if function == "authorizer" {
		return answer(w.ctx, payload, gate.Handler(signin.Gate{Tables: w.Tables, Now: w.Clock.Now}.Resolve))
	}
	return answer(w.ctx, payload, w.handler)
}

func answer[In, Out any](ctx context.Context, payload []byte, handle func(context.Context, In) (Out, error)) ([]byte,
	error) {
	var in In
	if err := json.Unmarshal(payload, &in); err != nil {
		return nil, err
	}
	out, err := handle(ctx, in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// use hands an event to the function that it is for.
func (w *World) use(e Event) error {
	switch e.Type {
	case events.OverviewRequestedType:
		return trigger.EventHandler(w.overviews().Mail)(w.ctx, e.payload())
	case events.ErasureRequestedType:
		return trigger.EventHandler(w.Erasure().Begin)(w.ctx, e.payload())
	case events.ContractEndedType:
		return trigger.EventHandler(func(ctx context.Context, _ events.ContractEnded) error {
			_, err := w.ContractEnd().Step(ctx)
			return err
		})(w.ctx, e.payload())
	case events.ReservationCancelledType:
		messenger := notice.Messenger{Tables: w.Tables, Post: w, Now: w.Clock.Now, Support: SupportAddress}
		return trigger.EventHandler(messenger.Cancelled)(w.ctx, e.payload())
	}
	return fmt.Errorf("nothing here takes events of the type %s", e.Type)
}
