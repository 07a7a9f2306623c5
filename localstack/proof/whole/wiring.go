package whole

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	lambdaevents "github.com/aws/aws-lambda-go/events"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/audit"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/calendar"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/connector"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/floorplan"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/must"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/passkey/webauthn"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/today"
	"github.com/iotspot/iotspot/shared/trigger"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/waitlist"
	"github.com/iotspot/iotspot/shared/wake"
	"github.com/iotspot/iotspot/shared/wake/waketest"
	"github.com/iotspot/iotspot/shared/web"
)

const (
	PublicURL = "https://api.example" // where the API is reached

	// SupportAddress is where people write to.
	SupportAddress = "support@controller.example"
)

// routes are all operations with their use cases.
func (w *World) routes() []web.Route {
	keys, now, tables := enginetest.Keys, w.Clock.Now, w.Tables
	requests := erasure.Requests{Tables: tables, Bus: w, Bell: w, Keys: keys, Now: now,
		Controller: controllertest.Example}
	return slices.Concat(
		business.Accounts{Tables: tables, Mail: w, Keys: keys, Records: w, Now: now,
			Statement: privacy.StatementVersion}.Routes(),
		contract.Contracts{Tables: tables, Bus: w, Bell: w, Now: now}.Routes(),
		w.Building().Routes(),
		floorplan.Plans{Tables: tables, Images: w.Photos}.Routes(),
		account.Registrations{Tables: tables, Mail: w, Keys: keys, Now: now,
			Statement: privacy.StatementVersion}.Routes(),
		signin.Sessions{Tables: tables, Mail: w, Keys: keys, Now: now, PublicURL: PublicURL}.Routes(),
		account.Settings{Tables: tables, Photos: w.Photos, Mail: w, Keys: keys, Now: now,
			Statement: privacy.StatementVersion}.Routes(),
		colleague.Finder{Tables: tables, Photos: w.Photos, Keys: keys, Now: now}.Routes(),
		booking.Bookings{Tables: tables, Now: now}.Routes(),
		today.Days{Bookings: booking.Bookings{Tables: tables, Now: now},
			Colleagues: colleague.Finder{Tables: tables, Now: now}}.Routes(),
		calendar.Feeds{Tables: tables, Now: now, PublicURL: PublicURL}.Routes(),
		presence.CheckIns{Tables: tables, Now: now, Controller: controllertest.Example}.Routes(),
		waitlist.Waitlist{Tables: tables, Now: now, Controller: controllertest.Example}.Routes(),
		approval.Approvals{Tables: tables, Now: now, Controller: controllertest.Example}.Routes(),
		connector.Connector{Now: now}.Routes(),
		display.Displays{Tables: tables, Keys: keys, Now: now}.Routes(),
		guests.Visitors{Tables: tables, Leave: requests}.Routes(),
		guests.Invitations{Tables: tables, Mail: w, Leave: requests, Keys: keys, Now: now}.Routes(),
		guests.Self{Tables: tables, Now: now, Statement: privacy.StatementVersion}.Routes(),
		usage.Counter{Tables: tables, Now: now}.Routes(),
		statistics.Reports{Tables: tables, Now: now}.Routes(),
		w.overviews().Routes(),
		requests.Routes(),
		staff.Sessions{Tables: tables, Mail: w, Keys: keys, Party: must.Have(webauthn.Of(PublicURL)),
			Now: now}.Routes(),
		staff.Looks{Tables: tables, Keys: keys, Now: now, Overviews: w.overviews()}.Routes(),
		share.Routes(),
		w.app.Routes(),
		statement.Publisher{Controller: controllertest.Example}.Routes(),
		openapi.Routes(),
	)
}

// Building is the room of locations, floors and spots.
func (w *World) Building() building.Building {
	return building.Building{Tables: w.Tables, Bus: w, Bell: w, Plans: w.Photos, Now: w.Clock.Now, API: PublicURL}
}

func (w *World) overviews() overview.Overviews {
	return overview.Overviews{Tables: w.Tables, Mail: w, Bus: w, Photos: w.Photos, Received: w.Received,
		Keys: enginetest.Keys, Now: w.Clock.Now,
		Controller: controllertest.Example}
}

// Erasure is what carries erasures out.
func (w *World) Erasure() erasure.Worker {
	return erasure.Worker{Tables: w.Tables, Mail: w, Photos: w.Photos, Received: w.Received, Keys: enginetest.Keys,
		Now: w.Clock.Now, Metrics: w.Log}
}

// ContractEnd is what removes the business accounts whose contract has ended.
func (w *World) ContractEnd() contract.Worker {
	return contract.Worker{Tables: w.Tables, Mail: w, Files: w.Photos, Received: w.Received, Keys: enginetest.Keys,
		Now:        w.Clock.Now,
		Controller: controllertest.Example}
}

// SupportMail is what handles mail to the support address.
func (w *World) SupportMail() support.Inbox {
	return support.Inbox{Tables: w.Tables, Mails: w.Received, Overviews: w.overviews(), Keys: enginetest.Keys,
		Address: SupportAddress, Now: w.Clock.Now}
}

// functions are all that no request starts, by their names in the catalog, with what starts their use cases. The bell
// takes the calls that they ask for.
func (w *World) functions(bell wake.Bell) map[string][]trigger.Starts {
	tables, now := w.Tables, w.Clock.Now
	return map[string][]trigger.Starts{
		"audit": {audit.Auditor{Tables: tables, Photos: w.Photos, Received: w.Received, Now: now,
			Metrics: w.Log}.Starts()},
		"cancellation-notice": {notice.Messenger{Tables: tables, Mail: w, Now: now}.Starts()},
		"contract-end":        {w.ContractEnd().Starts(bell)},
		"day-close":           {dayclose.Closer{Tables: tables, Now: now, Metrics: w.Log}.Starts(bell)},
		"domain-check": {business.Checker{Tables: tables, Mail: w, Keys: enginetest.Keys, Records: w,
			Now: now}.Starts()},
		"erasure":     {w.Erasure().Starts(bell)},
		"mail-bounce": {limit.Counter{Tables: tables, Now: now}.Starts()},
		"no-show": {w.watch().Starts(), w.Building().Starts(),
			notice.Reminder{Tables: tables, Bus: w, Now: now}.Starts(),
			booking.Reach{Tables: tables, Now: now}.Starts()},
		"overview": {w.overviews().Starts()},
		"pending": {notice.Courier{Tables: tables, Mail: w, Now: now}.Starts(),
			waitlist.Offers{Tables: tables, Mail: w, Now: now, PublicURL: PublicURL}.Starts(),
			approval.Mails{Tables: tables, Mail: w, Now: now, PublicURL: PublicURL}.Starts()},
		"reservation-mail": {presence.Asker{Tables: tables, Mail: w, Now: now, PublicURL: PublicURL}.Starts(),
			notice.Reminders{Tables: tables, Mail: w, Now: now}.Starts()},
		"sensor-reading":   {w.Listener().Starts()},
		"statement-notice": {w.teller().Starts()},
		"support-mail":     {w.SupportMail().Starts()},
		"sweep":            {retention.Sweeper{Tables: tables, Now: now, Metrics: w.Log}.Starts(bell)},
	}
}

func (w *World) watch() presence.Watch {
	return presence.Watch{Tables: w.Tables, Bus: w, Now: w.Clock.Now, Metrics: w.Log,
		Report: func(counts map[string]int) { metric.Count(w.Log, w.Clock.Now(), counts) }}
}

func (w *World) teller() *notice.Teller {
	return &notice.Teller{Tables: w.Tables, Mail: w, Version: privacy.Issues[len(privacy.Issues)-1],
		PublicURL: PublicURL}
}

// start runs a function with what AWS sends it. A message that it gives back is an error.
func (w *World) start(function string, bell wake.Bell, payload []byte) error {
	answer, err := trigger.Handle(w.functions(bell)[function]...)(w.ctx, payload)
	if batch, ok := answer.(lambdaevents.SQSEventResponse); ok && len(batch.BatchItemFailures) > 0 {
		err = errors.Join(err, errors.New(function+" gave a message back"))
	}
	return err
}

// called runs a function with a call that asked for a part of its work.
func (w *World) called(function string, part wake.Part) error {
	body, err := json.Marshal(part)
	if err != nil {
		return err
	}
	batch, err := json.Marshal(lambdaevents.SQSEvent{Records: []lambdaevents.SQSMessage{{MessageId: "1",
		EventSource: "aws:sqs", Body: string(body), Attributes: map[string]string{"ApproximateReceiveCount": "1"}}}})
	if err != nil {
		return err
	}
	return w.start(function, w, batch)
}

// CloseDays is a step of what ends days.
func (w *World) CloseDays(context.Context) error { return w.called("day-close", wake.Part{}) }

// Sweep is a look of the sweep and, at once, the steps that it asks for: these end the walk through what came due
// while the clock jumped, for which a look has too little time on a busy machine.
func (w *World) Sweep(context.Context) error {
	var asked waketest.Calls
	err := w.start("sweep", &asked, []byte(events.ScheduleInput))
	for _, call := range asked.All() {
		err = errors.Join(err, w.called("sweep", call.Part))
	}
	return err
}

// NoShow is the minute's round of those who don't come and of spots that were removed.
func (w *World) NoShow(context.Context) error {
	return w.start("no-show", w, []byte(events.ScheduleInput))
}

// Pending is the minute's round of what is still to be told.
func (w *World) Pending(context.Context) error {
	return w.start("pending", w, []byte(events.ScheduleInput))
}

// Ring hands calls to the world's bell. Without one, tests take the steps themselves.
func (w *World) Ring(ctx context.Context, calls ...wake.Call) error {
	if w.Bell == nil {
		return nil
	}
	return w.Bell.Ring(ctx, calls...)
}

// Listener is what takes the messages of sensors.
func (w *World) Listener() presence.Listener {
	return presence.Listener{Tables: w.Tables, Quarantine: unreadable{w}, Now: w.Clock.Now,
		Report: presence.CountOutcomes(w.Log, w.Clock.Now)}
}

// invoke runs a function as API Gateway would.
func (w *World) invoke(_ string, payload []byte) ([]byte, error) {
	var request web.Request
	if err := json.Unmarshal(payload, &request); err != nil {
		return nil, err
	}
	response, err := w.handler(w.ctx, request)
	if err != nil {
		return nil, err
	}
	return json.Marshal(response)
}

// use hands an event to the functions that it is for.
func (w *World) use(e Event) error {
	payload, err := json.Marshal(e.payload())
	if err != nil {
		return err
	}
	taken := false
	for _, f := range catalog.Functions {
		if slices.Contains(f.Events, e.Type) {
			taken = true
			err = errors.Join(err, w.start(f.Name, w, payload))
		}
	}
	if !taken {
		return fmt.Errorf("nothing here takes events of the type %s", e.Type)
	}
	return err
}
