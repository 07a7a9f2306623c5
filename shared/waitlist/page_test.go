package waitlist_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/waitlist"
)

func TestAMailOffersAndItsLinkShowsOnOpeningAndTakesOnSending_4_f_3(t *testing.T) {
	s := fully(t)
	ann := s.somebody(t, "ann")
	s.waits(t, ann)
	s.cancels(t, s.host, s.held)
	s.round(t)
	sent := s.post.Last(t, "ann@customer.example")
	require.Contains(t, sent.Text, "3.00 at Head office")
	require.Contains(t, sent.Text, "from 09:00 to 12:00")
	require.NotContains(t, sent.Subject, "3.00", "a subject is seen on a locked screen")
	link, nobody := s.link(t, "ann"), identity.Caller{}
	for range 2 {
		shown, err := s.line.OpenOffer(t.Context(), nobody, waitlist.OfferInput{Link: link})
		require.NoError(t, err)
		require.Equal(t, "Take this spot", shown.Button)
		require.Equal(t, table.Offered, s.has(t, ann).State, "opening changes nothing")
	}
	wrong := []string{"", "x", link + "x", link[:len(link)-1] + "!", strings.Replace(link, "2026", "2027", 1)}
	for _, bad := range wrong {
		_, err := s.line.ConfirmOffer(t.Context(), nobody, waitlist.OfferForm{Link: bad})
		kind(t, err, problem.NotFound)
	}
	require.Equal(t, table.Offered, s.has(t, ann).State)
	done, err := s.line.ConfirmOffer(t.Context(), nobody, waitlist.OfferForm{Link: link})
	require.NoError(t, err)
	require.Empty(t, done.Button)
	require.Equal(t, table.Reserved, s.has(t, ann).State)
	_, err = s.line.OpenOffer(t.Context(), nobody, waitlist.OfferInput{Link: link})
	kind(t, err, problem.NotFound) // the secret is gone with the decision
}

func TestAnOfferThatIsOverCanBeTakenNeitherFromTheMailNorInTheApp_4_f_3(t *testing.T) {
	s := fully(t)
	ann, ben := s.somebody(t, "ann"), s.somebody(t, "ben")
	s.waits(t, ann)
	s.cancels(t, s.host, s.held)
	s.round(t)
	offered := s.has(t, ann).ID
	_, err := s.line.Take(t.Context(), ben, waitlist.TakeInput{Reservation: offered})
	kind(t, err, problem.NotFound)
	s.db.Clock.Move(15 * time.Minute) // and no round came by
	_, err = s.line.Take(t.Context(), ann, waitlist.TakeInput{Reservation: offered})
	kind(t, err, problem.Conflict)
	_, err = s.line.ConfirmOffer(t.Context(), identity.Caller{}, waitlist.OfferForm{Link: s.link(t, "ann")})
	kind(t, err, problem.NotFound)
	require.Equal(t, table.Offered, s.has(t, ann).State)
	_, err = s.line.Take(t.Context(), s.host, waitlist.TakeInput{Reservation: "x"})
	kind(t, err, problem.NotFound)
}
