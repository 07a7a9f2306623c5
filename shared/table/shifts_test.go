package table_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// asked keeps the mark of a code of a member of staff.
func (s scene) asked(t testing.TB, p identity.Person, mark string) {
	t.Helper()
	require.NoError(t, s.AskStaffCode(t.Context(), p, table.Code{Mark: mark, AskedAt: now}))
}

// enrolled is a member of staff with a passkey, and the session that began when it was made.
func (s scene) enrolled(t testing.TB) (identity.Person, table.Shift) {
	t.Helper()
	sam := s.employee(t)
	require.NoError(t, s.LetEnrol(t.Context(), sam, "secret", now))
	s.asked(t, sam, "mark")
	shift := table.Shift{Person: sam, Hash: "first", Passkey: "key", Begun: now}
	require.NoError(t, s.Enrol(t.Context(), shift, table.Passkey{ID: "key"}, "secret", "mark", "next"))
	return sam, shift
}

func TestAShiftBeginsOnceWithACodeAndAPasskeyAndLastsAnHour_6_confidential(t *testing.T) {
	s := newScene(t)
	sam, shift := s.enrolled(t)
	shift.Hash = "hash"
	require.NoError(t, s.BeginShift(t.Context(), shift, 1, "next", "third"))
	shift.Hash = "another"
	require.ErrorIs(t, s.BeginShift(t.Context(), shift, 2, "next", "fourth"), table.ErrRefused, "the code is used")
	open, err := s.ShiftNow(t.Context(), sam, "hash")
	require.NoError(t, err)
	require.Equal(t, []any{now.Add(time.Hour).Unix(), "key"}, []any{open.Ends, open.Passkey})
	s.at(now.Add(time.Hour))
	require.ErrorIs(t, s.Shift(t.Context(), sam, "hash"), table.ErrAbsent)

	s.at(now)
	require.NoError(t, s.EndShift(t.Context(), sam, "hash"))
	_, err = s.ShiftNow(t.Context(), sam, "hash")
	require.ErrorIs(t, err, table.ErrAbsent)
	require.NoError(t, s.RemoveStaff(t.Context(), sam))
	require.NoError(t, s.RemoveStaff(t.Context(), sam))
	kept, err := s.AllOf(t.Context(), sam)
	require.NoError(t, err)
	require.Empty(t, kept)
}

func TestAPasskeyThatCountsLetsInOnlyWhenItsCountHasGrown_6_confidential(t *testing.T) {
	s := newScene(t)
	_, shift := s.enrolled(t)
	for i, try := range []struct {
		count uint32
		want  error
	}{{0, nil}, {0, nil}, {5, nil}, {5, table.ErrRefused}, {4, table.ErrRefused}, {0, table.ErrRefused}, {6, nil}} {
		code, err := s.Code(t.Context(), shift.Person)
		require.NoError(t, err)
		shift.Hash = string(rune('a' + i))
		require.ErrorIs(t, s.BeginShift(t.Context(), shift, try.count, code.Mark, code.Mark+"x"), try.want, "try %d",
			i)
	}
}

func TestASessionThatAReleaseBeganWithoutAPasskeyLetsNobodyIn_6_confidential(t *testing.T) {
	s := newScene(t)
	sam := s.employee(t)
	s.db.Put(t, privacy.Agenda, table.PersonPartition(sam), "shift#old",
		map[string]any{"role": "staff", "ttl": now.Add(time.Hour).Unix()})
	require.ErrorIs(t, s.Shift(t.Context(), sam, "old"), table.ErrAbsent)
}

func TestAnEnrolmentMakesOnePasskeyWithinAnHourAndTheNewestSecretAlone_4_f_5(t *testing.T) {
	s := newScene(t)
	sam, shift := s.enrolled(t)
	enrol := func(secret, id string) error {
		code, err := s.Code(t.Context(), sam)
		require.NoError(t, err)
		shift.Hash, shift.Passkey = "of "+id, id
		return s.Enrol(t.Context(), shift, table.Passkey{ID: id}, secret, code.Mark, code.Mark+"x")
	}
	require.ErrorIs(t, enrol("secret", "second"), table.ErrRefused, "it is used")
	require.NoError(t, s.LetEnrol(t.Context(), sam, "lost on the way", now))
	require.NoError(t, s.LetEnrol(t.Context(), sam, "newest", now))
	require.ErrorIs(t, enrol("lost on the way", "second"), table.ErrRefused)
	require.ErrorIs(t, enrol("newest", "key"), table.ErrRefused, "there is this one already")
	s.at(now.Add(time.Hour))
	s.asked(t, sam, "late")
	require.ErrorIs(t, s.Enrol(t.Context(), shift, table.Passkey{ID: "second"}, "newest", "late", "later"),
		table.ErrRefused, "it is an hour old")
	held, err := s.Passkeys(t.Context(), sam)
	require.NoError(t, err)
	require.Len(t, held, 1)
}

func TestAPasskeyIsAddedWithTheLastOfferOfASessionOnce_4_f_5(t *testing.T) {
	s := newScene(t)
	sam, shift := s.enrolled(t)
	add := func(offer, id string) error {
		return s.AddPasskey(t.Context(), sam, shift.Hash, offer, table.Passkey{ID: id})
	}
	require.ErrorIs(t, add("", "second"), table.ErrRefused)
	require.NoError(t, s.OfferPasskey(t.Context(), sam, shift.Hash, table.Offer{Secret: "older", At: now}))
	require.NoError(t, s.OfferPasskey(t.Context(), sam, shift.Hash, table.Offer{Secret: "offer", At: now}))
	require.ErrorIs(t, add("older", "second"), table.ErrRefused)
	require.NoError(t, add("offer", "second"))
	require.ErrorIs(t, add("offer", "third"), table.ErrRefused)
	require.ErrorIs(t, s.OfferPasskey(t.Context(), sam, "no session", table.Offer{}), table.ErrAbsent)
	held, err := s.Passkeys(t.Context(), sam)
	require.NoError(t, err)
	require.Len(t, held, 2)
}

func TestWithAPasskeyGoTheSessionsThatWereBegunWithItAndNoOthers_4_f_5(t *testing.T) {
	s := newScene(t)
	sam, shift := s.enrolled(t)
	require.NoError(t, s.OfferPasskey(t.Context(), sam, shift.Hash, table.Offer{Secret: "offer", At: now}))
	require.NoError(t, s.AddPasskey(t.Context(), sam, shift.Hash, "offer", table.Passkey{ID: "second"}))
	other := table.Shift{Person: sam, Hash: "other", Passkey: "second", Begun: now}
	require.NoError(t, s.BeginShift(t.Context(), other, 1, "next", "third"))
	require.NoError(t, s.RemovePasskey(t.Context(), sam, "key"))
	require.NoError(t, s.RemovePasskey(t.Context(), sam, "key"))
	require.ErrorIs(t, s.Shift(t.Context(), sam, shift.Hash), table.ErrAbsent)
	require.NoError(t, s.Shift(t.Context(), sam, "other"))
	_, err := s.Passkey(t.Context(), sam, "key")
	require.ErrorIs(t, err, table.ErrAbsent)
	shift.Hash = "late"
	require.ErrorIs(t, s.BeginShift(t.Context(), shift, 1, "third", "fourth"), table.ErrRefused)
}
