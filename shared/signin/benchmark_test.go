package signin_test

import (
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/signin"
)

// Every request with a session passes the authoriser, so its budget is half a read unit.
func BenchmarkAuthoriser(b *testing.B) {
	p, meter := newPorch(b), &enginetest.Meter{}
	p.gate.Tables = p.Metered(meter)
	enginetest.Budget{Read: 0.5, Trips: 1}.Measure(b, meter, func(int) func() error {
		return func() error { return p.passes(b) }
	})
}

// The first request of a day writes down its date as well (4.e.1).
func BenchmarkAuthoriserAtTheFirstUseOfADay(b *testing.B) {
	p, meter := newPorch(b), &enginetest.Meter{}
	p.gate.Tables = p.Metered(meter)
	enginetest.Budget{Read: 0.5, Write: 8, Trips: 2}.Measure(b, meter, func(int) func() error {
		p.Clock.Move(24 * time.Hour)
		return func() error { return p.passes(b) }
	})
}

func (p *porch) passes(b *testing.B) error {
	_, err := p.gate.Resolve(b.Context(), p.first.Token)
	return err
}

func BenchmarkSignIn(b *testing.B) {
	p, meter := newPorch(b), &enginetest.Meter{}
	enginetest.Budget{Read: 6, Write: 40, Trips: 14}.Measure(b, meter, func(int) func() error {
		p.Clock.Move(2 * time.Hour)
		p.desk.Tables = p.Metered(meter)
		return func() error {
			asked, err := p.desk.Ask(b.Context(), visitor, signin.AskInput{Email: ann})
			if err != nil {
				return err
			}
			_, err = p.desk.Start(b.Context(), visitor,
				signin.StartInput{SignIn: asked.SignIn, Code: p.code(b), Key: "signing-in"})
			return err
		}
	})
}
