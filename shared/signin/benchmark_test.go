package signin_test

import (
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/signin"
)

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
