package approval_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// What becomes of what is asked for when somebody else acts: a delegate, the office, or an erasure.

func TestADelegateAsksInTheNameOfAnotherWhoIsToldAndWhoseApprovalItIs_4_f_3_4_f_1(t *testing.T) {
	s := asking(t)
	require.NoError(t, s.db.Tables().Allow(t.Context(), s.ann.Person, s.iris.Person, today))
	in := booking.ReserveForInput{PrincipalInput: booking.PrincipalInput{Principal: s.ann.User}, Spot: s.Desks[0],
		Period: booking.Period{Date: tomorrow, From: "12:00", To: "17:00"}, Key: "for-ann-at-noon"}
	made, err := s.desks.ReserveFor(t.Context(), s.iris, in)
	require.NoError(t, err)
	require.Equal(t, table.Asked, made.Reservations[0].State, "that the delegate decides is no approval of it")
	require.Equal(t, "ann", s.sees(t, s.jo)[0].Name, "it is asked in her name")
	told := func() table.NoticeKind {
		all, err := s.db.Tables().ToTell(t.Context(), s.ann.Person)
		require.NoError(t, err)
		require.Len(t, all, 1)
		courier := notice.Courier{Tables: s.db.Tables(), Mail: s.post, Now: s.db.Clock.Now}
		require.NoError(t, courier.Round(t.Context()))
		return all[0].Kind
	}
	require.Equal(t, table.AskedFor, told())
	cancel := booking.CancelForInput{PrincipalInput: in.PrincipalInput, Held: made.Reservations[0].ID}
	_, err = s.desks.CancelFor(t.Context(), s.iris, cancel)
	require.NoError(t, err)
	require.Equal(t, table.WithdrawnFor, told())
	require.Contains(t, s.post.Last(t, "ann@customer.example").Text, "iris took back your request")
	require.Empty(t, s.sees(t, s.jo))

	in.Key = "for-ann-once-more"
	_, err = s.desks.ReserveFor(t.Context(), s.iris, in)
	require.NoError(t, err)
	require.NoError(t, s.decides(t, s.jo, s.sees(t, s.jo)[0].ID, table.Declined))
	s.db.Clean(t, "acted#"+s.ann.User)
	require.Empty(t, s.has(t, s.ann).ID)
	s.round(t)
	require.Equal(t, "Declined: your request of 24 November 2026", s.post.Last(t, "ann@customer.example").Subject)
	for _, sent := range s.post.To("iris@customer.example") {
		require.NotContains(t, sent.Subject, "Declined", "who asked for her is told nothing of it")
	}
}

// kept is the bus of an office, as far as it says that a reservation was cancelled.
type kept struct{ cancelled []events.ReservationCancelled }

func (k *kept) Publish(_ context.Context, _ string, detail any) error {
	if cancelled, is := detail.(events.ReservationCancelled); is {
		k.cancelled = append(k.cancelled, cancelled)
	}
	return nil
}

// noPlans is where no floor has an image.
type noPlans struct{}

func (noPlans) RemovePlan(context.Context, string, string) error { return nil }

func TestWhatTheOfficeTakesAwayIsAskedOfNobodyAndWhoAskedIsTold_4_f_3(t *testing.T) {
	for name, takes := range map[string]func(s *scene, b building.Building, manager identity.Caller,
		choice building.Choice) error{
		"an outage": func(s *scene, b building.Building, manager identity.Caller, choice building.Choice) error {
			_, err := b.AddOutage(t.Context(), manager, building.AddOutage{IdempotencyKey: "out-of-service", Floor: s.Floor,
				Spot: s.Desks[0], Date: tomorrow, Reason: "the lamp", OnReservations: choice})
			return err
		},
		"a closure": func(s *scene, b building.Building, manager identity.Caller, choice building.Choice) error {
			_, err := b.SetRules(t.Context(), manager, building.SetRules{Location: s.Location.ID, OnReservations: choice,
				Rules: rules.Rules{Closures: []rules.Closure{{Name: "Party", From: tomorrow, Until: tomorrow}}}})
			return err
		},
		"the spot's removal": func(s *scene, b building.Building, manager identity.Caller, choice building.Choice) error {
			_, err := b.RemoveSpot(t.Context(), manager, building.RemoveSpot{Spot: s.Desks[0], OnReservations: choice})
			return err
		},
		"the floor's removal": func(s *scene, b building.Building, manager identity.Caller, choice building.Choice) error {
			_, err := b.RemoveFloor(t.Context(), manager, building.RemoveFloor{Floor: s.Floor, OnReservations: choice})
			return err
		},
		"the location's removal": func(s *scene, b building.Building, manager identity.Caller, choice building.Choice) error {
			_, err := b.RemoveLocation(t.Context(), manager, building.RemoveLocation{Location: s.Location.ID,
				OnReservations: choice})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := asking(t)
			bus := &kept{}
			b := building.Building{Tables: s.db.Tables(), Bus: bus, Bell: &waketest.Calls{}, Plans: noPlans{},
				Now: s.db.Clock.Now}
			s.asks(t, s.ann)
			request := s.sees(t, s.iris)[0].ID
			manager := s.administrator(t, "boss")
			kind(t, takes(s, b, manager, ""), problem.Conflict)
			require.Len(t, s.sees(t, s.iris), 1, "a refusal changes nothing")
			require.NoError(t, takes(s, b, manager, building.Cancel))
			require.Empty(t, s.has(t, s.ann).ID)
			require.Empty(t, s.sees(t, s.iris))
			require.Error(t, s.decides(t, s.iris, request, table.Approved))
			require.Len(t, bus.cancelled, 1)
			tells := notice.Messenger{Tables: s.db.Tables(), Mail: s.post, Now: s.db.Clock.Now}
			require.NoError(t, tells.Cancelled(t.Context(), bus.cancelled[0]))
			told := s.post.Last(t, "ann@customer.example")
			require.Equal(t, "Your request of 24 November 2026 was cancelled", told.Subject)
			require.Contains(t, told.Text, "Your request of ")
			s.round(t)
			require.Len(t, s.post.Sent(), 1, "nobody is asked, and she is told once")
			s.db.Clean(t, "asking#")
		})
	}
}

func TestOfWhoeverIsErasedNothingIsAskedAnyMoreAndTheSpotIsFree_4_f_3_7_erase(t *testing.T) {
	s := asking(t)
	s.asks(t, s.ann)
	s.round(t)
	jo := s.link(t, "jo")
	request := s.sees(t, s.iris)[0].ID
	require.NoError(t, s.db.Tables().Empty(t.Context(), s.ann.Person))
	s.db.Clean(t, s.ann.User)
	require.Empty(t, s.sheet(t).Taken)
	require.Empty(t, s.sees(t, s.iris))
	kind(t, s.decides(t, s.iris, request, table.Approved), problem.NotFound)
	_, err := s.decider.ConfirmDecision(t.Context(), nobody, pressed(jo, "button"))
	kind(t, err, problem.NotFound)
	sent := len(s.post.Sent())
	s.round(t)
	require.Len(t, s.post.Sent(), sent, "nobody is told anything more")
}

func TestWhoDecidedAndIsErasedLeavesNoTraceAndTheDecisionStands_4_f_3_7_erase(t *testing.T) {
	s := asking(t)
	s.asks(t, s.ann)
	s.round(t)
	require.NoError(t, s.decides(t, s.jo, s.sees(t, s.jo)[0].ID, table.Approved))
	require.NoError(t, s.db.Tables().Empty(t.Context(), s.jo.Person))
	s.db.Clean(t, s.jo.User, s.link(t, "jo"))
	require.Equal(t, table.Reserved, s.has(t, s.ann).State)
	s.round(t)
	require.Equal(t, "Approved: your spot of 24 November 2026", s.post.Last(t, "ann@customer.example").Subject)
}

func TestTheOverviewTellsOfWhatWasAskedForUntilWhoAskedIsTold_4_f_3_7_overview(t *testing.T) {
	s := asking(t)
	s.asks(t, s.ann)
	desk := overview.Overviews{Tables: s.db.Tables(), Mail: s.post, Received: mailtest.Inbox{}, Keys: enginetest.Keys,
		Now: s.db.Clock.Now, Controller: controllertest.Example}
	of := func(who identity.Caller) string {
		seen, err := desk.View(t.Context(), who, struct{}{})
		require.NoError(t, err)
		for _, kind := range seen.Kinds {
			if kind.Clause == "4.f.3" {
				told, err := json.Marshal(kind.Values)
				require.NoError(t, err)
				return string(told)
			}
		}
		require.Fail(t, "the kind is not listed")
		return ""
	}
	require.Contains(t, of(s.ann), "approval asked for 3.00 at Head office, 24 November 2026 from 12:00 to 17:00; "+
		"to be decided before 24 November 2026, 08:00")
	require.NotContains(t, of(s.iris), "3.00", "it is no data about who may decide")
	require.NoError(t, s.decides(t, s.iris, s.sees(t, s.iris)[0].ID, table.Approved))
	require.Contains(t, of(s.ann), ": approved")
	require.NotContains(t, of(s.ann), s.iris.User)
	s.db.Clock.Move(time.Minute)
	s.round(t)
	require.NotContains(t, of(s.ann), "3.00", "she is told")
}
