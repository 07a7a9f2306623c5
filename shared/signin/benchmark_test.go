package signin_test

import (
	"testing"
	"time"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/signin/signintest"
)

func BenchmarkSignIn(b *testing.B) {
	p, meter := signintest.NewPorch(b), &enginetest.Meter{}
	enginetest.Budget{Read: 5.5, Write: 27, Trips: 10, InARow: 6}.Measure(b, meter, func(int) func() error {
		p.Clock.Move(2 * time.Hour)
		p.Sessions.Tables = p.Metered(meter)
		return func() error {
			asked, err := p.Sessions.Ask(b.Context(), signintest.Visitor, signin.AskInput{Email: signintest.Ann})
			if err != nil {
				return err
			}
			_, err = p.Sessions.Start(b.Context(), signintest.Visitor,
				signin.StartInput{SignIn: asked.SignIn, Code: p.Code(b), Key: "signing-in"})
			return err
		}
	})
}
