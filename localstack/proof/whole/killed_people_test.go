package whole_test

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

type object = map[string]any

// morning is nine o'clock on a Monday in Amsterdam.
var morning = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// does is a step: a request that must come to one of these answers, or is sent again.
func does(t *testing.T, w *whole.World, request func() whole.Request, statuses ...int) func() error {
	return func() error {
		answer := w.Ask(request())
		if err := answer.Err(); err != nil {
			return err
		}
		require.True(t, slices.Contains(statuses, answer.Status), "%d %s", answer.Status, answer.Body)
		return nil
	}
}

// mailed is a step that is over when a code has come by mail, as people see it.
func mailed(w *whole.World, address string, step func() error) func() error {
	return func() error {
		if err := step(); err != nil {
			return err
		}
		if w.Code(address) == "" {
			return errors.New("no mail came")
		}
		return nil
	}
}

func TestARegistrationKilledAnywhereIsTheSameRegistrationInTheEnd_2_consent(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	const email = "bram@acme.example"
	var registration string
	w.Killed(t, whole.Flow{Steps: []func() error{
		mailed(w, email, func() error {
			answer := w.Ask(whole.Registering("Bram", email))
			registration = answer.Text("registration")
			return answer.Err()
		}),
		does(t, w, func() whole.Request {
			return whole.Confirming("/registrations/"+registration,
				w.Code(email))
		}, http.StatusCreated),
	}})
	kept, counted := w.Users(t, c.Business)
	require.Equal(t, []int{2, 2}, []int{kept, counted}) // 3.i
}

func TestAnOpeningOfABusinessAccountKilledAnywhereIsTheSameAccountInTheEnd_2_consent(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	var opening string
	w.Killed(t, whole.Flow{Steps: []func() error{
		mailed(w, "ann@acme.example", func() error {
			answer := w.Ask(whole.Opening("acme.example"))
			opening = answer.Text("opening")
			return answer.Err()
		}),
		does(t, w, func() whole.Request {
			return whole.Confirming("/business-accounts/"+opening, w.Code("ann@acme.example"))
		}, http.StatusCreated),
	}})
}
