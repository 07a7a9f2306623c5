package account_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/bearer/bearertest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func TestTheAddressCanBeChangedWithACodeToTheNewOneAndTheOldOneIsFree_7_rectify_4_a_2(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	settings := h.settings()
	_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "ann.new@example.com"})
	require.NoError(t, err)
	in := account.MoveInput{Email: "ann.new@example.com", Code: h.code(t, "ann.new@example.com")}
	for range 2 {
		_, err = settings.MoveAddress(t.Context(), caller, in)
		require.NoError(t, err, "a repeat succeeds")
	}
	user, err := h.desk.Tables.User(t.Context(), caller.Person)
	require.NoError(t, err)
	require.Equal(t, "ann.new@example.com", user.Email)
	for address, registered := range map[string]bool{"ann.new@example.com": true, "ann@example.com": false} {
		_, err = h.desk.Tables.PersonAt(t.Context(),
			identity.Email(address).Entries(enginetest.Keys[secret.Addresses]))
		require.Equal(t, registered, err == nil, address)
	}
	require.Nil(t, h.Item(t, privacy.Agenda, table.PersonPartition(caller.Person), "newaddress"))
	kept, counted := h.Users(t, h.business)
	require.Equal(t, []int{1, 1}, []int{kept, counted})
}

func TestWhatWasKnownUnderTheOldAddressGoesWithTheChange_7_rectify_4_a_2(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	known := func() int {
		counted, err := limit.Counter{Tables: h.desk.Tables, Key: enginetest.Keys[secret.Attempts],
			Now: h.Clock.Now}.Until(t.Context(),
			limit.Mailbox("ann@example.com"))
		require.NoError(t, err)
		waiting, err := h.desk.Tables.WaitingFor(t.Context(),
			identity.Email("ann@example.com").Entries(enginetest.Keys[secret.Addresses]),
			caller.Person)
		require.NoError(t, err)
		require.Equal(t, len(counted) == 0, len(waiting) == 0, "both are there or neither is")
		return len(counted) + len(waiting)
	}
	require.NotZero(t, known(), "of the registration")
	_, err := h.settings().AskAddress(t.Context(), caller, account.AddressInput{Email: "ann.new@example.com"})
	require.NoError(t, err)
	_, err = h.settings().MoveAddress(t.Context(), caller,
		account.MoveInput{Email: "ann.new@example.com", Code: h.code(t, "ann.new@example.com")})
	require.NoError(t, err)
	require.Zero(t, known())
}

func TestTheOldAddressHearsOfTheChangeOnceAndOtherSessionsEnd_7_rectify(t *testing.T) {
	h := newHall(t)
	caller, session := h.registered(t, "ann@example.com")
	h.Put(t, privacy.Agenda, table.PersonPartition(caller.Person), "session#another",
		map[string]any{"role": "user", "ttl": morning.Add(time.Hour).Unix()})
	settings := h.settings()
	_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "ann.new@example.com"})
	require.NoError(t, err)
	in := account.MoveInput{Email: "ann.new@example.com", Code: h.code(t, "ann.new@example.com")}
	for range 2 {
		_, err = settings.MoveAddress(t.Context(), caller, in)
		require.NoError(t, err)
		open, err := h.desk.Tables.Sessions(t.Context(), caller.Person)
		require.NoError(t, err)
		require.Len(t, open, 1, "the first time as well as when it comes again")
	}
	var told []mail.Message
	for _, m := range h.mail.To("ann@example.com") {
		if m.Kind == mail.AddressChanged {
			told = append(told, m)
		}
	}
	require.Len(t, told, 1)
	read := mailtest.Read(t, told[0])
	require.Equal(t, "<privacy@controller.example>", read.GetHeader("Reply-To"), "people read what is answered")
	require.NotContains(t, read.Text, "ann.new")
	_, err = bearertest.Caller(t.Context(), h.gate, session.Token)
	require.NoError(t, err, "the one that made the change goes on")
}

func TestOnlyTheSpellingOfAnAddressCanBeChanged_7_rectify(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	settings := h.settings()
	_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "Ann@example.com"})
	require.NoError(t, err)
	_, err = settings.MoveAddress(t.Context(), caller,
		account.MoveInput{Email: "Ann@example.com", Code: h.code(t, "Ann@example.com")})
	require.NoError(t, err)
	p, err := h.desk.Tables.PersonAt(t.Context(),
		identity.Email("ann@example.com").Entries(enginetest.Keys[secret.Addresses]))
	require.NoError(t, err)
	require.Equal(t, caller.Person, p)
}

func TestAnAddressOfAnotherDomainOrOfSomebodyElseIsNotTaken_3_d(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	h.registered(t, "bob@example.com")
	h.NewCustomer(t, "Other B.V.", "other.example")
	settings := h.settings()
	for _, address := range []string{"ann@other.example", "ann@nowhere.example"} {
		_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: address})
		requireKind(t, problem.Unacceptable, err)
		require.Empty(t, h.mail.To(address))
	}
	_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "bob@example.com"})
	require.NoError(t, err, "the same answer")
	require.Contains(t, h.mail.Last(t, "bob@example.com").Subject, "already")
	_, err = settings.MoveAddress(t.Context(), caller, account.MoveInput{Email: "bob@example.com", Code: "00000000"})
	requireKind(t, problem.Unauthorised, err)
}

func TestTheCodeOfANewAddressDiesAfterFiveTriesAndTheHourAndFitsItsAddressAlone(t *testing.T) { // s.address 4.a.2
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	settings := h.settings()
	ask := func() account.MoveInput {
		_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "ann.new@example.com"})
		require.NoError(t, err)
		return account.MoveInput{Email: "ann.new@example.com", Code: h.code(t, "ann.new@example.com")}
	}
	in := ask()
	for i := range 5 {
		_, err := settings.MoveAddress(t.Context(), caller,
			account.MoveInput{Email: in.Email, Code: fmt.Sprintf("%08d", i)})
		requireKind(t, problem.Unauthorised, err)
	}
	_, err := settings.MoveAddress(t.Context(), caller, in)
	requireKind(t, problem.Unauthorised, err)
	in = ask()
	other := in
	other.Email = "somebody@example.com"
	_, err = settings.MoveAddress(t.Context(), caller, other)
	requireKind(t, problem.Unauthorised, err)
	h.Clock.Move(time.Hour)
	_, err = settings.MoveAddress(t.Context(), caller, in)
	requireKind(t, problem.Unauthorised, err)
}

func TestAnAddressThatBecameSomebodysMeanwhileIsRefused_4_a_2(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	settings := h.settings()
	_, err := settings.AskAddress(t.Context(), caller, account.AddressInput{Email: "bob@example.com"})
	require.NoError(t, err)
	in := account.MoveInput{Email: "bob@example.com", Code: h.code(t, "bob@example.com")}
	h.registered(t, "bob@example.com")
	_, err = settings.MoveAddress(t.Context(), caller, in)
	requireKind(t, problem.Conflict, err)
	user, err := h.desk.Tables.User(t.Context(), caller.Person)
	require.NoError(t, err)
	require.Equal(t, "ann@example.com", user.Email)
}

func TestAnAddressIsInNoKeyAndFoundByWhoHasTheDeploymentsKeyAlone_4_a_2(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "Ann@example.com")
	h.asked(t, "bob@example.com")
	_, err := h.settings().AskAddress(t.Context(), caller, account.AddressInput{Email: "ann.new@example.com"})
	require.NoError(t, err)
	for _, store := range []privacy.Store{privacy.Directory, privacy.Agenda} {
		for _, item := range h.Dump(t, store) {
			for _, name := range []string{"pk", "sk"} {
				require.NotContains(t, strings.ToLower(fmt.Sprint(item[name])), "@example.com")
			}
		}
	}
	_, err = h.desk.Tables.PersonAt(t.Context(),
		identity.Email("ann@example.com").Entries(enginetest.Keys[secret.Addresses]))
	require.NoError(t, err)
	other := secret.NewRoots("another deployment's root, of another size", time.Time{}).Keys()
	_, err = h.desk.Tables.PersonAt(t.Context(), identity.Email("ann@example.com").Entries(other[secret.Addresses]))
	require.ErrorIs(t, err, table.ErrAbsent)
}

func TestCodesThatConfirmAreStoredAsHashesThatNeedTheKeyAndNotAsTheyWereMailed(t *testing.T) { // s.confirmation
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	_, err := h.settings().AskAddress(t.Context(), caller, account.AddressInput{Email: "ann.new@example.com"})
	require.NoError(t, err)
	for _, code := range []string{h.asked(t, "bob@example.com").Code, h.code(t, "ann.new@example.com")} {
		h.Clean(t, code, secret.Hash(code))
	}
}
