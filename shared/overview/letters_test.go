package overview_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
)

// lived is the scene with something of most kinds.
func lived(t *testing.T, language string) scene {
	s := begin(t)
	s.user(t, language, map[string]any{"phone": "+31 6 12345678", "department": "Tuinen", "shield": []string{"4.b.1"},
		"objections": []string{"4.e.1"}})
	s.db.Put(t, privacy.Directory, "b#"+s.Business, "account",
		map[string]any{"legal_name": "Customer Holding B.V.", "zone": "Europe/Amsterdam"})
	s.agenda(t, "look#some-id", time.Date(2027, 1, 11, 23, 0, 0, 0, time.UTC), map[string]any{"by": "Sam Support",
		"reason": "Hoofdkantoor", "kinds": []string{"4.d.2"}, "looked_at": monday.Unix()})
	s.agenda(t, "login", monday.Add(42*24*time.Hour), map[string]any{"ip": "192.0.2.7", "logged_in_at": monday.Unix(),
		"requested_at": monday.Unix(), "login_name": address})
	return s
}

func TestTheOverviewsReadWellInBothLanguages_7_overview(t *testing.T) {
	mailtest.ReadsWell(t, "", func(in string) mail.Message { return lived(t, in).mailed(t) })
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		s := lived(t, in)
		s.desk.Customer, s.desk.Zone = "Customer Holding B.V.", s.Location.Zone
		require.NoError(t, s.desk.MailLast(t.Context(), s.noor.Person))
		return s.post.Last(t, address)
	})
}

func TestWhatIsRequiredCanBeChangedAndIsNotSaidToBeRemovable_4_a_1_7_rectify(t *testing.T) {
	page := lived(t, "nl").mailed(t).HTML
	require.Contains(t, page, `/#/data/4.a.1" rel="noreferrer noopener" style="color:#0b57d0">Wijzigen</a>`)
	require.Contains(t, page, `/#/data/4.b.1" rel="noreferrer noopener" style="color:#0b57d0">Wijzigen of weghalen</a>`)
	require.Contains(t, page, `/#/data/4.e.2" rel="noreferrer noopener" style="color:#0b57d0">Weghalen</a>`)
	require.Contains(t, page, `/#/data/s.link" rel="noreferrer noopener" style="color:#0b57d0">Weghalen</a>`)
}

func TestALastOverviewSaysOfAllThatItGoesWithinAMinuteAndPromisesNothingMore_7_overview(t *testing.T) {
	s := lived(t, "nl")
	s.desk.Customer, s.desk.Zone = "Customer Holding B.V.", s.Location.Zone
	require.NoError(t, s.desk.MailLast(t.Context(), s.noor.Person))
	read := mailtest.Read(t, s.post.Last(t, address)).Text
	require.Contains(t, read, "Gaat weg: binnen een minuut")
	for _, untrue := range []string{"Bewaard:", "als je registratie eindigt", "Het eerst gaat weg", "Je kunt alles"} {
		require.NotContains(t, read, untrue)
	}
}
