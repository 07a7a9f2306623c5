package notice_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

var newest = privacy.Issue{Version: "2027-03-01", Changes: words.Text{NL: "wat er nieuw is", EN: "what is new"}}

// registered puts people into the directory, by the version that each agreed to.
func registered(t *testing.T, db *enginetest.Database, people map[string]string) {
	t.Helper()
	for email, version := range people {
		p := identity.Person{Business: "bbbbbbbbbbbbbbbb", User: secret.ID()}
		db.Put(t, privacy.Directory, table.PersonPartition(p), "user",
			map[string]any{"business": p.Business, "member_of": table.MemberOf(p), "email": email,
				"language": email[:2], "name": email, "consent_version": version})
	}
}

func teller(db *enginetest.Database, tables *table.Tables, post mail.Sender) *notice.Teller {
	return &notice.Teller{Tables: tables, Mail: post, Version: newest, PublicURL: "https://api.example/"}
}

func TestWhoAgreedToAnEarlierVersionIsToldOnceInTheirLanguage_13_versions(t *testing.T) {
	db := enginetest.New(t, time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC))
	registered(t, db, map[string]string{"nl-noor@example.com": "2026-11-01", "en-sam@example.com": "2026-11-01",
		"en-ann@example.com": "2027-03-01"})
	post := &mailtest.Recorder{}
	for range 3 { // runs of three processes
		one := teller(db, db.Tables(), post)
		more, err := one.Step(t.Context())
		require.NoError(t, err)
		require.False(t, more)
	}
	require.Len(t, post.Sent(), 2)
	require.Contains(t, post.Last(t, "nl-noor@example.com").Text, "Dit is er nieuw: wat er nieuw is")
	sent := post.Last(t, "en-sam@example.com")
	require.Equal(t, mail.NewStatement, sent.Kind)
	require.Equal(t, "New privacy statement of iotspot as of 1 March 2027", sent.Subject)
	told := mailtest.Read(t, sent)
	for _, said := range []string{"what is new", "https://api.example/statement?language=en",
		"privacy@controller.example", "Example Controller B.V.", "object to it and have it erased"} {
		require.Contains(t, told.Text, said)
	}
	registered(t, db, map[string]string{"en-eve@example.com": "2027-03-01"})
	_, err := teller(db, db.Tables(), post).Step(t.Context())
	require.NoError(t, err)
	require.Len(t, post.Sent(), 2)
}

func TestWhomAMailDidNotReachIsToldLater_13_versions(t *testing.T) {
	db := enginetest.New(t, time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC))
	registered(t, db, map[string]string{"en-sam@example.com": "2026-11-01"})
	post := &mailtest.Recorder{Fail: problem.New(problem.Unavailable, "SES is busy")}
	one := teller(db, db.Tables(), post)
	more, err := one.Step(t.Context())
	require.Error(t, err)
	require.True(t, more)
	post.Fail = nil
	db.Clock.Move(2 * time.Minute)
	for more {
		more, err = one.Step(t.Context())
		require.NoError(t, err)
	}
	require.Len(t, post.Sent(), 1)
}

// broken is SES through the faults.
type broken struct {
	mail.Sender
	faults *enginetest.Faults
}

func (b broken) Send(ctx context.Context, m mail.Message) error {
	return b.faults.Call("SendEmail", func() error { return b.Sender.Send(ctx, m) })
}

// segmentOfTheOne is where the one person lies.
func segmentOfTheOne(t *testing.T, db *enginetest.Database) int {
	t.Helper()
	for n := range 64 {
		found, err := db.Tables().Outdated(t.Context(),
			&table.Segment{Store: privacy.Directory, Number: n, Segments: 64}, newest.Version)
		require.NoError(t, err)
		if len(found) > 0 {
			return n
		}
	}
	require.Fail(t, "nobody is outdated")
	return 0
}

// A run is broken at each of its calls, so that it never arrives or that its answer is lost, and ends there.
func TestARunThatEndsAnywhereIsGoneOnWithByTheNext_13_versions(t *testing.T) {
	for _, done := range []bool{false, true} {
		for at, reached := 1, true; reached; at++ {
			db := enginetest.New(t, time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC))
			registered(t, db, map[string]string{"en-sam@example.com": "2026-11-01"})
			require.NoError(t, db.Tables().MarkNotices(t.Context(), newest.Version, segmentOfTheOne(t, db)))
			post, faults := &mailtest.Recorder{}, &enginetest.Faults{At: at, Done: done, Dead: true}
			_, err := teller(db, db.Faulty(faults), broken{post, faults}).Step(t.Context())
			if reached = at <= 6; !reached { // from there on it finds nobody
				break
			}
			require.Error(t, err)
			require.True(t, at < 5 || len(post.Sent()) == 1)
			db.Clock.Move(2 * time.Minute)
			_, err = teller(db, db.Tables(), post).Step(t.Context())
			require.NoError(t, err)
			require.NotEmpty(t, post.Sent())
			require.LessOrEqual(t, len(post.Sent()), 2)
			part, err := db.Tables().NoticesUntil(t.Context(), newest.Version)
			require.NoError(t, err)
			require.Equal(t, 64, part)
		}
	}
}
