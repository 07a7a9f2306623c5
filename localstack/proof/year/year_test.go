package year

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

var (
	seed    = flag.Uint64("seed", 0, "of the life; 0 takes another each time")
	days    = flag.Int("days", 0, "lived in one go; 0 lives the short form")
	from    = flag.String("from", "2027-09-15", "first date of a life in one go")
	tenants = flag.Int("tenants", 3, "business accounts, in the zones in turn")
	people  = flag.Int("people", 5, "people of each at a time")
	last    = flag.Int("contract", 4, "days that a contract lasts on average; 0 is for ever")
	record  = flag.String("record", "", "file to which what was lived is written")
	things  = flag.Int("actions", 2, "things done by each tenant in each part of a day, on average")
)

func options(windows ...Window) Options {
	o := Options{Seed: *seed, Tenants: *tenants, People: *people, Actions: *things, Contract: *last, Windows: windows}
	if o.Seed == 0 {
		o.Seed = uint64(time.Now().UnixNano())
	}
	return o
}

// The short form goes over the days on which the zones change their clocks, and over 29 February.
//
// 2.consent, 3.b, 4.a to 4.e, 5.transactions, 7.overview, 7.erase
func TestWhatShouldBeGoneIsNowhereAtAnyMidnightAndNoLinkThatShouldBeCutIsLeft(t *testing.T) {
	o := options(Window{"2027-10-03", 1}, Window{"2027-10-31", 1}, Window{"2027-11-07", 1}, Window{"2028-02-29", 2},
		Window{"2028-03-12", 1}, Window{"2028-03-26", 1}, Window{"2028-04-02", 1})
	if *days > 0 {
		o.Windows = []Window{{*from, *days}}
		terminal := *os.Stderr // the life's own goes into its log
		o.Progress = func(format string, args ...any) { fmt.Fprintf(&terminal, format+"\n", args...) }
	}
	began := time.Now()
	lived, finds := Live(t, o)
	t.Log(lived)
	require.Empty(t, finds)
	if *record != "" {
		written, err := json.MarshalIndent(Lived{Date: time.Now().UTC().Format(time.DateOnly),
			From: o.Windows[0].From, Tenants: o.Tenants, People: o.People,
			Minutes: int(time.Since(began).Minutes()), Figures: lived}, "", "  ")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(*record, append(written, '\n'), 0o644))
	}
	if *days > 30 {
		require.Empty(t, lived.Never(), "nothing is tried in vain")
	}
}

func TestTheAdversaryFindsWhatIsPlanted(t *testing.T) {
	var kept []dynamo.Item
	looks := 0
	o := options(Window{"2027-10-30", 2})
	o.Seed, o.Actions, o.Contract, o.fault = 7, 6, 0, func(s *simulation) {
		if looks++; looks == 2 {
			kept = s.Dump(t, privacy.Agenda) // what is to be gone a day later
		}
		if looks != 5 {
			return
		}
		ann := s.tenants[0].people[0]
		for _, item := range kept {
			s.Restore(t, privacy.Agenda, item)
		}
		guest := s.value(nil, "a guest", "Gus ", "", false)
		s.Put(t, privacy.Agenda, s.tenants[0].business+"#u#guest", "guest",
			map[string]any{"name": guest.text, "by": ann.id})
		s.Put(t, privacy.Agenda, s.tenants[0].business+"#"+s.tenants[0].location+"#f#2027-10-29", "spot#s",
			map[string]any{"day_ends": 0})
		s.Put(t, privacy.Insight, "b#l", "day#2027-10-30", map[string]any{"who": ann.id})
		require.NoError(t, s.World.Photos.Put(t.Context(), identity.Person{Business: "b", User: "u"}, []byte("x")))
		fmt.Println(ann.values["name"].text)
		slog.Info("hello", "to", ann.email)
		left := s.value(s.somebody(), "the address of who left", "left.", "@acme.example", true)
		left.gone = s.Clock.Now().Add(-5 * time.Minute)
		s.readings.Send(left.text)
		s.failed.Send(left.text)
		s.suppressed = append(s.suppressed, left.text)
		s.done("ask for a code", &person{ip: "10.0.0.1"}, "POST", "/sign-ins", object{"email": left.text})
		s.Put(t, privacy.Agenda, "some#where", "kept",
			map[string]any{"of": identity.Email(left.text).Entries(enginetest.Keys[secret.Addresses])})
	}
	_, finds := Live(t, o)
	all := strings.Join(finds, "\n")
	for _, find := range []string{"a link to who invited them", "stands in the statistics", "a photo of nobody",
		"stands in the log", "which has ended",
		"past its own deadline", "should be gone since", "seed 7", "stands in readings ",
		"stands in readings-dead-letters",
		"stands in suppression list", `stands in agenda "attempts#`, `stands in agenda "some#where"`, "hello to="} {
		require.Contains(t, all, find)
	}
}

func TestAValueIsFoundHoweverItIsWritten(t *testing.T) {
	s := &simulation{marks: newRegistry(), options: options()}
	text := "Ann zzqaaaaabcde of Utrecht"
	m := s.marks.note(&mark{text: text}, "zzqaaaaabcde")
	id := s.marks.note(&mark{id: true}, "abcdefghijklmnop")
	for _, sum := range sums(text) {
		require.True(t, s.marks.find("x " + hex.EncodeToString(sum) + " y")[m])
		require.True(t, s.marks.find("x " + base64.URLEncoding.EncodeToString(sum) + " y")[m])
	}
	for shift := range 4 {
		before := strings.Repeat("-", shift)
		require.True(t, s.marks.find(strings.ToUpper(before + text))[m])
		require.True(t, s.marks.find(hex.EncodeToString([]byte(before + text)))[m])
		require.True(t, s.marks.find(base64.StdEncoding.EncodeToString([]byte(before + text)))[m])
		require.True(t, s.marks.find("zzz" + before + "qqq" +
			base64.RawURLEncoding.EncodeToString([]byte(before+text)))[m])
		require.True(t, s.marks.find(strings.Repeat("x", shift) + "abcdefghijklmnop" + "234")[id])
	}
	require.Empty(t, s.marks.find("Ann zzqaaaaabcdf of Utrecht, zzq, YWJj, 10.0.0.1"))
}
