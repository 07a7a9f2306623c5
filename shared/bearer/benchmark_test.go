package bearer_test

import (
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/signin/signintest"
)

// Every request with a session does this beside its own first read, so its budget is half a read unit.
func BenchmarkWhoIsCalling(b *testing.B) {
	p, meter := signintest.NewPorch(b), &enginetest.Meter{}
	p.Callers.Tables = p.Metered(meter)
	enginetest.Budget{Read: 0.5, Trips: 1}.Measure(b, meter, func(int) func() error {
		return func() error { return passes(b, p) }
	})
}

// The first request of a day writes down its date as well (4.e.1).
func BenchmarkWhoIsCallingAtTheFirstUseOfADay(b *testing.B) {
	p, meter := signintest.NewPorch(b), &enginetest.Meter{}
	p.Callers.Tables = p.Metered(meter)
	enginetest.Budget{Read: 0.5, Write: 8, Trips: 2}.Measure(b, meter, func(int) func() error {
		p.Clock.Move(24 * time.Hour)
		return func() error { return passes(b, p) }
	})
}

func passes(b *testing.B, p *signintest.Porch) error {
	_, err := p.Caller(b, p.First.Token)
	return err
}
