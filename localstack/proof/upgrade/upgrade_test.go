// Package upgrade holds today's system against stores that released versions wrote: it comes up with them, and
// nothing of what people saw before is lost. At each release the store of that version is written beside the others.
package upgrade

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/signin"
)

func TestAStoreThatAReleasedVersionWroteComesUpWithNothingLost(t *testing.T) {
	t.Parallel()
	releases, err := filepath.Glob("testdata/*.tar.gz")
	require.NoError(t, err)
	require.NotEmpty(t, releases)
	for _, release := range releases {
		t.Run(strings.TrimSuffix(filepath.Base(release), ".tar.gz"), func(t *testing.T) {
			packed, err := os.ReadFile(release)
			require.NoError(t, err)
			nothingIsLost(t, unpack(t, packed))
		})
	}
}

// nothingIsLost starts today's stack with a store.
func nothingIsLost(t *testing.T, folder string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "known.json"))
	require.NoError(t, err)
	var k known
	require.NoError(t, json.Unmarshal(content, &k))
	require.NoError(t, os.Remove(filepath.Join(folder, "clock.json")), "the clock stands where it stood")
	require.NoError(t, stack.Build(t.Context()), "before the clock runs")
	s, err := stack.Start(t.Context(), stack.Options{Folder: folder, At: k.At.Add(time.Second), Manual: true})
	require.NoError(t, err)
	t.Cleanup(func() {
		for _, line := range s.Logs() {
			if t.Failed() && strings.Contains(line.Text, "ERROR") {
				t.Log("complaint:", line.Function, line.Text)
			}
		}
		require.NoError(t, s.Close())
	})
	o := &office{s, k}
	o.enrols(t) // staff come in with a passkey now: the operator lets them make one
	own := func(s seen) bool { return s.Path == "/me" || s.Path == "/me/overview" || s.Path == "/me/pass" }
	o.looksAgain(t, own)
	o.agrees(t)
	o.looksAgain(t, func(s seen) bool { return !own(s) })
	o.reads(t, 2)
	require.Len(t, s.PutAside()[string(catalog.Unreadable)], 1, "what was put aside, and the sensor is still known")
	o.goesOn(t)
	o.ends(t)
}

// looksAgain has people look again at what they saw before: at what is kept of themselves whatever they agreed to, at
// the rest when they have agreed to the statement in force (13.versions).
func (o *office) looksAgain(t *testing.T, at func(seen) bool) {
	t.Helper()
	for _, then := range o.Seen {
		if at(then) {
			now := o.ask(t, then.Who, "GET", then.Path, nil)
			require.Empty(t, lost(then.Path, comparable(then.Answer), comparable(now)), "%s looks at %s", then.Who,
				then.Path)
		}
	}
}

// agrees has everybody agree to the statement in force.
func (o *office) agrees(t *testing.T) {
	t.Helper()
	version := text(t, o.ask(t, "", "GET", "/statement/version?language=en", nil), "version")
	for _, who := range []string{"ada", "bram", "daan", "esra", "femke", "gus"} {
		o.ask(t, who, "POST", "/me/consents", object{"version": version, "agreed": true, "language": "en"})
	}
}

// comparable is an answer without what a version may choose differently: the statement in force, and the words that
// explain, so that of an overview the values of each kind are left.
func comparable(answer any) any {
	members, _ := answer.(object)
	delete(members, "current_version")
	if consent, ok := members["consent"].(object); ok {
		delete(consent, "current_version")
	}
	kinds, ok := members["kinds"].([]any)
	if !ok {
		return answer
	}
	values := object{}
	for _, kind := range kinds {
		var of []any
		for _, value := range kind.(object)["values"].([]any) {
			of = append(of, object{"name": value.(object)["name"], "value": value.(object)["value"]})
		}
		values[kind.(object)["clause"].(string)] = of
	}
	return values
}

// lost names what an answer had that another hasn't. What the other has beside it is no matter.
func lost(at string, then, now any) (missing []string) {
	switch then := then.(type) {
	case object:
		members, ok := now.(object)
		if !ok {
			return []string{at}
		}
		for name, value := range then {
			missing = append(missing, lost(at+"."+name, value, members[name])...)
		}
	case []any:
		elements, _ := now.([]any)
		for i, value := range then {
			if !slices.ContainsFunc(elements, func(other any) bool { return lost("", value, other) == nil }) {
				missing = append(missing, fmt.Sprintf("%s.%d: %v", at, i, value))
			}
		}
	default:
		arrived := then == "reserved" &&
			now == "checked_in" // a sensor's message that waited in its queue was read since
		if then != now && !arrived {
			missing = append(missing, fmt.Sprintf("%s: %v, now %v", at, then, now))
		}
	}
	return missing
}

// goesOn completes what was begun before the upgrade, and changes what was made.
func (o *office) goesOn(t *testing.T) {
	t.Helper()
	registration, opening := o.Waiting["registration"], o.Waiting["opening"]
	if len(registration.ID) != signin.WaitingLength { // a version before gave it: it is asked for anew
		registration, opening = o.register(t, "wim"), o.opens(t)
	}
	o.ask(t, "", "POST", "/registrations/"+registration.ID+"/confirmation", object{"code": registration.Code})
	o.ask(t, "", "POST", "/business-accounts/"+opening.ID+"/confirmation", object{"code": opening.Code})
	address := o.Waiting["address"]
	o.ask(t, "daan", "POST", "/me/email/confirmation", object{"email": address.ID, "code": address.Code})
	o.ask(t, "bram", "PATCH", "/reservations/"+o.Ahead, object{"to": "16:00"})
	for _, entry := range list(t, o.ask(t, "femke", "GET", "/me/agenda", nil), "reservations") {
		o.ask(t, "femke", "POST", "/reservations/"+text(t, entry, "id")+"/release", nil)
	}
	asked := len(o.Mailbox.To("chen" + domain))
	require.NoError(t, o.Move(2*time.Minute))
	o.steps(t)
	require.Greater(t, len(o.Mailbox.To("chen"+domain)), asked,
		"the mail that waited at the support address brought it")
	require.Empty(t, o.DeadLetters())
}

// ends lets everything end, of which then nothing is left.
func (o *office) ends(t *testing.T) {
	t.Helper()
	business, femke := o.Tokens["ada"][:16], o.Tokens["femke"][16:32]
	require.NotEmpty(t, o.naming(t, business))
	o.ask(t, "femke", "POST", "/me/erasure", object{"confirm": true})
	o.steps(t)
	require.Len(t, o.naming(t, femke), 1, "what a restore repeats the erasure from, for a day")
	o.ask(t, "ada", "POST", "/business-account/end", object{"legal_name": "Voorbeeld Kantoren B.V."})
	o.steps(t)
	require.NoError(t, o.Move(25*time.Hour))
	o.steps(t)
	require.Empty(t, append(o.naming(t, business), o.naming(t, femke)...))
	for _, bucket := range catalog.Buckets {
		require.Empty(t, o.Buckets.Versions(string(bucket)))
	}
}

// naming are the items that name an id.
func (o *office) naming(t *testing.T, id string) (found []string) {
	t.Helper()
	for _, table := range catalog.Tables {
		pages := dynamodb.NewScanPaginator(o.Tables(), &dynamodb.ScanInput{TableName: aws.String(string(table.Name))})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			require.NoError(t, err)
			for _, item := range page.Items {
				written, err := json.Marshal(item)
				require.NoError(t, err)
				if strings.Contains(string(written), id) {
					found = append(found, string(table.Name)+" "+string(written))
				}
			}
		}
	}
	return found
}
