package waitlist_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/booking/bookingtest"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

// The round of what is pending runs each minute, most often for nothing.
func BenchmarkPendingRoundWithNothingToDo(b *testing.B) {
	pending(b, 0, enginetest.Budget{Trips: 3})
}

// Twenty people wait for a desk on a floor of 200, of which none is free.
func BenchmarkPendingRoundWithTwentyInLine(b *testing.B) {
	pending(b, 20, enginetest.Budget{Read: 21, Trips: 26})
}

func pending(b *testing.B, waiting int, budget enginetest.Budget) {
	db := enginetest.New(b, time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC))
	o := db.NewOffice(b, "Europe/Amsterdam", 200)
	desk := bookingtest.New(db.Tables(), db.Clock.Now)
	for _, spot := range o.Desks {
		_, err := desk.Reserve(b.Context(), o.Person(b), booking.ReserveInput{Spot: spot, Key: secret.ID(),
			Period: booking.Period{Date: today, From: "09:00", To: "17:00"}})
		require.NoError(b, err)
	}
	line := waitlist.Waitlist{Tables: db.Tables(), Now: db.Clock.Now}
	for range waiting {
		who := o.Person(b)
		db.Put(b, privacy.Directory, table.PersonPartition(who.Person), "user", map[string]any{"business": o.Business,
			"name": "Ann", "email": who.User + "@customer.example", "language": "en",
			"consent_version": privacy.StatementVersion})
		_, err := line.LineUp(b.Context(), who, waitlist.LineUpInput{Floor: o.Floor, Type: "desk", Date: today,
			From: "09:00", To: "12:00"})
		require.NoError(b, err)
	}
	var meter enginetest.Meter
	tables, post := db.Metered(&meter), &mailtest.Recorder{}
	courier := notice.Courier{Tables: tables, Mail: post, Now: db.Clock.Now}
	offers := waitlist.Offers{Tables: tables, Mail: post, Now: db.Clock.Now, PublicURL: "https://api.example"}
	approvals := approval.Mails{Tables: tables, Mail: post, Now: db.Clock.Now, PublicURL: offers.PublicURL}
	budget.Measure(b, &meter, func(int) func() error {
		return func() error {
			for _, round := range []func() error{
				func() error { return courier.Round(b.Context()) },
				func() error { return offers.Round(b.Context()) },
				func() error { return approvals.Round(b.Context()) }} {
				if err := round(); err != nil {
					return err
				}
			}
			return nil
		}
	})
}
