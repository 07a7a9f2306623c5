package support_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/support"
)

func TestARegisteredSenderGetsTheOverviewAtMostOnceAnHourAndTheMailIsGone_7_mail(t *testing.T) {
	s := begin(t)
	s.handled(t, s.arrives(t, letter(ann, "")))
	require.Len(t, s.bus.events, 1)
	require.Equal(t, s.ann.Business, s.bus.events[0].Business)
	require.Equal(t, s.ann.User, s.bus.events[0].User)
	s.Clock.Move(59 * time.Minute)
	s.handled(t, s.arrives(t, letter("ANN@Example.com", "")))
	require.Len(t, s.bus.events, 1, "an hour has not passed")
	s.Clock.Move(time.Minute)
	s.handled(t, s.arrives(t, letter("ANN@Example.com", "")))
	require.Len(t, s.bus.events, 2)
	require.NotEqual(t, s.bus.events[0].Request, s.bus.events[1].Request)
}

func TestTheHourIsTheSameForTheAppAndForMail_7_mail(t *testing.T) {
	s := begin(t)
	_, err := s.desk.Overviews.AskFor(t.Context(), s.ann, "asked-in-the-app")
	require.NoError(t, err)
	s.handled(t, s.arrives(t, letter(ann, "")))
	require.Len(t, s.bus.events, 1)
}

func TestAnUnknownSenderBringsAboutNothing_7_mail(t *testing.T) {
	s := begin(t)
	before := s.Everything(t)
	for _, from := range []string{"bob@example.com", "ann@example.com.evil.example", "ann@evil.example"} {
		s.handled(t, s.arrives(t, letter(from, "")))
	}
	require.Empty(t, s.bus.events)
	require.Equal(t, before, s.Everything(t), "nothing of the mails is in a table")
}

func TestWhoIsErasedMeanwhileBringsAboutNothing_7_mail(t *testing.T) {
	s := begin(t)
	s.Delete(t, privacy.Directory, s.ann.Business+"#u#"+s.ann.User, "user")
	s.handled(t, s.arrives(t, letter(ann, "")))
	require.Empty(t, s.bus.events)
}

// believable is what a forger writes into the mail itself.
const believable = "Authentication-Results: amazonses.com;\r\n spf=pass;\r\n dkim=pass header.i=@example.com;\r\n " +
	"dmarc=pass header.from=example.com;\r\n" +
	"X-SES-Spam-Verdict: PASS\r\nX-SES-Virus-Verdict: PASS\r\nX-SES-RECEIPT: x\r\n"

func TestForgedLoopingAutomaticAndMalformedMailsDoNoHarm_7_mail(t *testing.T) {
	s := begin(t)
	before := s.Everything(t)
	forged := func(more string) ses.Incoming { m := letter(ann, more); m.Forged = true; return m }
	bounce := letter(ann, "")
	bounce.Envelope = ""
	for name, mail := range map[string]ses.Incoming{
		"forged":                         forged(""),
		"forged with results of its own": forged(believable),
		"two senders":                    letter(ann, "From: bob@evil.example\r\n"),
		"a list of senders":              {Envelope: ann, Raw: []byte("From: bob@evil.example, " + ann + "\r\n\r\n")},
		"bounce":                         bounce,
		"answer of a machine":            letter(ann, "Auto-Submitted: auto-replied\r\n"),
		"generated":                      letter(ann, "auto-submitted: AUTO-GENERATED; owner=x\r\n"),
		"bulk":                           letter(ann, "Precedence: Bulk\r\n"),
		"out of office":                  letter(ann, "X-Auto-Response-Suppress: All\r\nAuto-Submitted: auto-generated\r\n"),
		"answer of an older machine":     letter(ann, "X-Autoreply: yes\r\n"),
		"answer with a comment":          letter(ann, "Auto-Submitted: (no person) auto-replied\r\n"),
		"mailing list":                   letter(ann, "List-Id: <all.example.com>\r\n"),
		"delivery report":                letter(ann, "Content-Type: multipart/report; report-type=delivery-status\r\n"),
		"loop":                           letter(address, ""),
		"no sender":                      {Envelope: ann, Raw: []byte("Subject: x\r\n\r\nhello")},
		"sender that is no address":      {Envelope: ann, Raw: []byte("From: \"ann@example.com\r\n\r\nhello")},
		"space before the colon":         {Envelope: ann, Raw: []byte("From : ann@example.com\r\n\r\nhello")},
		"no end of the head":             {Envelope: ann, Raw: []byte("From: ann@example.com")},
		"head without an end": letter(ann, strings.Repeat("X-Long: "+strings.Repeat("x", 900)+"\r\n",
			100)),
		"zero byte": letter(ann, "X-Zero: \x00\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			s.handled(t, s.arrives(t, mail))
			require.Empty(t, s.bus.events)
		})
	}
	for _, raw := range []string{"", "\r\n", "Amazon SES setup notification", "From: ann@example.com\r\n\r\n",
		believable + "From: ann@example.com\r\n\r\n",
		strings.Repeat("\x00", 1000), "\xff\xfe", " folded\r\n\r\n"} {
		s.put(t, "raw", []byte(raw))
		s.handled(t, "raw")
		require.Empty(t, s.bus.events, raw)
	}
	require.Equal(t, before, s.Everything(t))
}

func TestAMailOfAPersonIsAnsweredWhateverTheirProgramAsksOfMachines_7_mail(t *testing.T) {
	for name, more := range map[string]string{
		"Outlook, nothing to suppress":    "X-Auto-Response-Suppress: None\r\n",
		"Outlook, no automatic answers":   "X-Auto-Response-Suppress: DR, OOF, AutoReply\r\n",
		"Exchange, none at all":           "X-Auto-Response-Suppress: All\r\n",
		"says that it is not automatic":   "Auto-Submitted: no\r\n",
		"says so with a parameter":        "Auto-Submitted: NO; reason=x\r\n",
		"says so with a comment":          "Auto-Submitted: no (a person wrote it)\r\n",
		"is of ordinary precedence":       "Precedence: normal\r\n",
		"is no answer of an older server": "X-Autoreply: no\r\n",
		"importance, receipts, priority":  "Importance: high\r\nX-Priority: 1\r\nDisposition-Notification-To: <ann@example.com>\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.handled(t, s.arrives(t, letter(ann, more)))
			require.Len(t, s.bus.events, 1)
		})
	}
}

func TestOfAHugeMailOnlyTheHeadIsRead_7_mail(t *testing.T) {
	s := begin(t)
	huge := letter(ann, "")
	huge.Raw = append(huge.Raw, bytes.Repeat([]byte("0123456789abcde\n"), 2<<20)...)
	name := s.arrives(t, huge)
	head, err := s.mails.Head(t.Context(), name)
	require.NoError(t, err)
	require.Len(t, head, support.MaxHead)
	s.handled(t, name)
	require.Len(t, s.bus.events, 1)
}

func TestAllVersionsOfAMailGoAndThoseOfAnotherStay_7_mail(t *testing.T) {
	s := begin(t)
	s.put(t, "one", []byte("first"))
	s.put(t, "one", []byte("second"))
	_, err := s.store.DeleteObject(received, "one")
	require.NoError(t, err)
	s.put(t, "one-and-more", []byte("another"))
	require.NoError(t, s.desk.Receive(t.Context(), "one"))
	left := s.store.Versions(received)
	require.Len(t, left, 1)
	require.Equal(t, "one-and-more", left[0].Key)
	require.NoError(t, s.desk.Receive(t.Context(), "one"), "the event comes twice")
}

func TestAMailThatItsEventLeftBehindIsHandledWithinTwoMinutes_7_mail(t *testing.T) {
	s := begin(t)
	s.arrives(t, letter(ann, ""))
	require.NoError(t, s.desk.Step(t.Context()))
	require.Len(t, s.store.Versions(received), 1, "its event is on the way")
	s.Clock.Move(time.Minute + time.Second)
	require.NoError(t, s.desk.Step(t.Context()))
	require.Len(t, s.bus.events, 1)
	require.Empty(t, s.store.Versions(received))
}

func TestAMailThatCanNotBeHandledIsGoneAfterTenMinutesUnread_7_mail(t *testing.T) { // s.mail
	s := begin(t)
	s.arrives(t, letter(ann, ""))
	s.put(t, "replaced", []byte("first"))
	_, err := s.store.DeleteObject(received, "replaced")
	require.NoError(t, err)
	broken := s.with(s.mails, &enginetest.Faults{At: 1, Dead: true})
	for range 8 {
		s.Clock.Move(time.Minute)
		_ = broken.Step(t.Context())
	}
	require.NotEmpty(t, s.store.Versions(received), "it is tried until then")
	s.Clock.Move(2*time.Minute - time.Second)
	require.NoError(t, broken.Step(t.Context()))
	require.Empty(t, s.store.Versions(received))
	require.Empty(t, s.bus.events)
}

func TestAMailThatKMSRefusesIsNotTakenForOneThatIsGone_7_mail(t *testing.T) {
	s := begin(t)
	name := s.arrives(t, letter(ann, ""))
	forbidden := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && !r.URL.Query().Has("versions") {
			protocol.RefuseXML(w, http.StatusForbidden, "AccessDenied", "KMS refuses the key")
			return
		}
		s.store.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(forbidden.Close)
	mails := support.New(s3.NewFromConfig(sdk.Config(forbidden.URL, "x")), received)
	require.Error(t, s.with(mails, s.bus.faults).Receive(t.Context(), name))
	require.Len(t, s.store.Versions(received), 1, "it is not removed unread")
	s.handled(t, name)
	require.Len(t, s.bus.events, 1)
}

func TestOfWhoeverIsErasedNoMailWaitsAtTheSupportAddress(t *testing.T) { // 7.erase
	s := begin(t)
	s.arrives(t, letter("Ann@Example.com", ""))
	s.arrives(t, letter("stranger@elsewhere.example", "Cc: ann@example.com\r\n"))
	s.put(t, "broken", []byte("no mail at all, from ANN@example.com"))
	others := s.arrives(t, letter("sam@example.com", ""))
	for range 2 {
		require.NoError(t, s.mails.Forget(t.Context(), ann))
		names, err := s.mails.Before(t.Context(), s.Clock.Now().Add(time.Hour))
		require.NoError(t, err)
		require.Equal(t, []string{others}, names)
	}
}

func TestWhatWaitsOfAPersonIsToldByWhenItArrivedAndAStormIsNotReadWhole_7_overview(t *testing.T) { // s.mail
	s := begin(t)
	first := s.Clock.Now()
	s.arrives(t, letter("Ann@Example.com", ""))
	s.arrives(t, letter("sam@example.com", ""))
	s.Clock.Move(time.Second)
	s.arrives(t, letter("stranger@elsewhere.example", "Cc: ann@example.com\r\n"))
	waiting, err := s.mails.Waiting(t.Context(), ann)
	require.NoError(t, err)
	require.Equal(t, []time.Time{first, first.Add(time.Second)}, waiting)
	s.Clock.Move(time.Second)
	for range support.MostLooked - 1 {
		s.put(t, secret.ID(), []byte("From: storm@elsewhere.example\r\n\r\n"))
	}
	waiting, err = s.mails.Waiting(t.Context(), ann)
	require.NoError(t, err)
	require.Equal(t, []time.Time{first.Add(time.Second)}, waiting, "the newest are looked through")
}
