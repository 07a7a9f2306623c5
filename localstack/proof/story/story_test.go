// Package story lives the whole day in the system as it is deployed, looks behind it, and writes down which calls
// were made, from which infra's tests see that no function has a right that it does not use.
package story

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/build"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/localstack/proof/day"
	"github.com/iotspot/iotspot/localstack/proof/exchange"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/secret"
)

var update = flag.Bool("update", false, "write the calls that were seen to testdata/calls.json")

// elsewhere is the address from which the people of the story call: no part of the system has it.
const elsewhere = "127.77.66.55"

// inAChange are the keys of a deployment that is changing them. What it does then is what its functions do at most.
func inAChange() secret.Roots {
	old := secret.Root{Secret: secret.Token()}
	return secret.Roots{Root: secret.Root{Secret: secret.Token()}, Other: &old, Step: secret.Turned,
		Since: time.Now()}
}

// TestTheDayFromAReservationToAnErasedPerson lives the whole day in the system as it is deployed, and then looks
// behind it: 2.consent 4.d.2 4.d.4 4.e.2 5.purpose 5.transactions 7.overview 7.erase.
func TestTheDayFromAReservationToAnErasedPerson(t *testing.T) {
	s, err := stack.Start(t.Context(), stack.Options{Roots: inAChange(),
		Progress: func(step string) { t.Log(step) }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	uses := observed(s)
	client := day.Client{API: s.API, Console: s.Console, MQTT: strings.TrimPrefix(s.MQTT, "tcp://"), Say: t.Logf,
		HTTP: from("127.0.0.1")}
	judge, err := exchange.NewJudge()
	require.NoError(t, err)
	client.Phone = func(email string) http.Client {
		own := lineOf(email)
		own.Transport = judge.Over(own.Transport, s.API)
		return own
	}
	var backup []map[string]types.AttributeValue
	client.Before = func(title string) {
		if title == day.Erasure {
			backup = items(t, s, catalog.Directory)
			s.Mailbox.Suppress("femke@" + day.Domain)
		}
	}
	t.Cleanup(func() { complaints(t, s) })
	lived, err := client.Live(t.Context(), s.Now())
	require.NoError(t, err)

	t.Run("every exchange is as the OpenAPI document describes it", func(t *testing.T) {
		require.Empty(t, judge.Faults())
		require.Greater(t, judge.Held(), 150)
	})
	t.Run("what a connector sends goes the way of what comes by MQTT, if it is signed", func(t *testing.T) {
		event := `{"event":{"targetName":"projects/p/devices/unknown","eventType":"networkStatus","data":{"networkStatus":{}}}}`
		require.Equal(t, http.StatusUnauthorized, push(t, s, event, "another secret"))
		require.Equal(t, http.StatusNoContent, push(t, s, event, stack.ConnectorSecret))
		require.Eventually(t, func() bool { return len(s.PutAside()[string(catalog.Unreadable)]) == 2 }, time.Minute,
			50*time.Millisecond)
		require.Contains(t, s.PutAside()[string(catalog.Unreadable)][1].Body, `"hardware":"unknown"`)
	})
	t.Run("an unreadable message is put aside with its reason and no function failed", func(t *testing.T) {
		aside := s.PutAside()[string(catalog.Unreadable)]
		require.Len(t, aside, 2)
		require.Contains(t, aside[0].Body, `"reason"`)
		require.Empty(t, s.DeadLetters())
		for _, line := range s.Logs() {
			require.NotContains(t, line.Text, `"level":"ERROR"`, line.Function)
		}
	})
	t.Run("7.erase: nothing of the erased person is found but the restore's random id", func(t *testing.T) {
		require.NoError(t, s.Move(2*time.Minute)) // the last look at writes that were under way
		finished(t, s, lived)
		found := adversary(t, s).search(needles(lived))
		for _, hit := range found {
			require.True(t, hit.needle == "id" && strings.HasPrefix(hit.place, "agenda erased#"), "%+v", hit)
		}
	})
	t.Run("7.erase: an erasure that was under way when the directory was restored is completed", func(t *testing.T) {
		restore(t, s, backup)
		leaving := identity.Person{Business: lived.Erased.Token[:16], User: lived.Erased.Token[16:32]}
		require.NoError(t, tables(s).RepeatErasure(t.Context(), leaving, s.Now()))
		require.NoError(t, s.Move(2*time.Minute))
		finished(t, s, lived)
		require.Empty(t, adversary(t, s).search(map[string]string{"name": lived.Erased.Name,
			"address": lived.Erased.Email}))
	})
	t.Run("7.erase: a restore of the directory brings the erased person back for nobody", func(t *testing.T) {
		restore(t, s, backup)
		require.NotEmpty(t, adversary(t, s).search(map[string]string{"name": lived.Erased.Name}),
			"the backup holds the person")
		_, err := erasure.Worker{Tables: tables(s), Now: s.Now, Keys: s.Keys()}.Replay(t.Context())
		require.NoError(t, err)
		for _, hit := range adversary(t, s).search(needles(lived)) {
			require.True(t, hit.needle == "id" && !strings.HasPrefix(hit.place, "directory"),
				"before anyone reads: %+v", hit)
		}
		require.NoError(t, s.Move(2*time.Minute))
		finished(t, s, lived)
		for _, hit := range adversary(t, s).search(needles(lived)) {
			require.True(t, hit.needle == "id" && strings.HasPrefix(hit.place, "agenda erased#"), "%+v", hit)
		}
	})
	t.Run("a reservation that is written while its spot is removed does not survive", func(t *testing.T) {
		require.NoError(t, lived.GiveUp(t.Context()))
		reserveLate(t, s, lived)
		require.NoError(t, s.Move(2*time.Minute))
		soon(t, func() bool { return len(adversary(t, s).search(map[string]string{"late": "r#" + late})) == 0 })
	})
	t.Run("7.erase: when the backup is out of reach not even the random id is there", func(t *testing.T) {
		require.NoError(t, s.Move(10*24*time.Hour))
		soon(t, func() bool { return len(adversary(t, s).search(needles(lived))) == 0 })
	})
	t.Run("3.b: of a location that was given up nothing is left in the end but a mark that leads to its figures",
		func(t *testing.T) {
			require.NoError(t, s.Move(2*time.Minute)) // its last days are closed; the next round forgets it
			soon(t, func() bool {
				return !beside(adversary(t, s).search(map[string]string{"depot": lived.Depot, "plan": "/plan/" +
					lived.Hall}), "directory removed#")
			})
		})
	t.Run("the auditor finds nothing but what is planted", func(t *testing.T) {
		audited(t, s, `"Findings":0`)
		_, err := s.Tables().PutItem(t.Context(),
			&dynamodb.PutItemInput{TableName: aws.String(string(catalog.Agenda)),
				Item: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "diary"},
					"sk": &types.AttributeValueMemberS{Value: "diary"}}})
		require.NoError(t, err)
		audited(t, s, `"Findings":1`)
	})
	t.Run("13.versions: who agreed to an earlier version is told that there is a new one", func(t *testing.T) {
		outdate(t, s, lived.People[4])
		require.NoError(t, s.Move(time.Minute))
		soon(t, func() bool {
			return slices.ContainsFunc(s.Mailbox.To(lived.People[4].Email), func(m ses.Mail) bool {
				return bytes.Contains(m.Raw, []byte("Subject: New privacy statement of iotspot"))
			})
		})
	})
	t.Run("4.e.1, 4.d.3: whichever function is called first finds out who is calling, and records the day",
		func(t *testing.T) { firstCalls(t, s, lived) })
	t.Run("7.shield: people whom an earlier release registered are found, and the daily look puts them on the roster",
		func(t *testing.T) {
			business := lived.People[0].Token[:16]
			require.NoError(t, lived.FindUnlisted(t.Context(), func() { unlist(t, s, business) }))
			_, err := s.Invoke("domain-check", []byte(events.ScheduleInput))
			require.NoError(t, err)
			roster, err := tables(s).Roster(t.Context(), business)
			require.NoError(t, err)
			require.True(t, roster.Current)
		})
	t.Run("3.d: a domain whose record has gone gives nobody new access, and the administrators are told",
		func(t *testing.T) {
			losesDomain(t, s)
			require.NoError(t, lived.ProveAgain(t.Context()))
		})
	t.Run("3: within a minute of a contract's end nothing of the account is left, and a restore brings it back for "+
		"nobody", func(t *testing.T) {
		backup := items(t, s, catalog.Directory)
		s.Mailbox.Suppress(lived.People[3].Email)
		require.NoError(t, lived.EndContract(t.Context(), s.Now()))
		nothing := func() bool { return !beside(adversary(t, s).search(account(lived)), "agenda ended#") }
		soon(t, nothing)
		restore(t, s, backup)
		_, err := contract.Worker{Tables: tables(s), Now: s.Now, Keys: s.Keys()}.Replay(t.Context())
		require.NoError(t, err)
		for _, hit := range adversary(t, s).search(account(lived)) {
			require.False(t, strings.HasPrefix(hit.place, "directory"), "before anyone reads: %+v", hit)
		}
		require.NoError(t, s.Move(time.Minute))
		soon(t, nothing)
		require.NoError(t, s.Move(25*time.Hour))
		soon(t, func() bool { return len(adversary(t, s).search(account(lived))) == 0 })
	})
	t.Run("who asks for a code whose mail came back hears the same, and for an hour none is mailed",
		func(t *testing.T) {
			bounces(t, s, lived.Version)
		})
	t.Run("5.purpose: each function was seen to use the kinds of data that the list gives it for a purpose, and no "+
		"others are given", func(t *testing.T) {
		against(t, uses())
	})
	t.Run("each function was seen to make the calls that its rights allow, and no others are given",
		func(t *testing.T) {
			seen := s.Calls()
			sortCalls(seen)
			if *update {
				write(t, seen)
			}
			require.Empty(t, beyond(given(), seen), "rights that no call used")
			require.Empty(t, beyond(seen, given()), "calls without a right")
			kept, err := os.ReadFile("testdata/calls.json")
			require.NoError(t, err)
			var before []guard.Call
			require.NoError(t, json.Unmarshal(kept, &before))
			require.Equal(t, before, seen, "testdata/calls.json is out of date: go test ./localstack/proof/story "+
				"-run Day -update")
		})
}

// audited lets the auditor look, and holds what it says against what is expected.
func audited(t *testing.T, s *stack.Stack, says string) {
	t.Helper()
	before := len(s.Logs())
	_, err := s.Invoke("audit", []byte(events.ScheduleInput))
	require.NoError(t, err)
	soon(t, func() bool {
		return slices.ContainsFunc(s.Logs()[before:], func(line stack.Line) bool {
			return line.Function == "audit" && strings.Contains(line.Text, says) &&
				strings.Contains(line.Text, `"Finished":1`)
		})
	})
}

// lineOf gives the person who leaves an address of their own.
func lineOf(email string) http.Client {
	if strings.HasPrefix(email, "femke@") {
		return from(elsewhere)
	}
	return from("127.0.0.1")
}

func from(address string) http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return http.Client{Timeout: 40 * time.Second, Transport: &http.Transport{DialContext: func(ctx context.Context,
		network, to string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, to)
	}}}
}

// complaints tells, of a story that failed, what functions and the rights complained of.
func complaints(t *testing.T, s *stack.Stack) {
	for _, line := range s.Logs() {
		if t.Failed() && (strings.Contains(line.Text, "ERROR") || strings.Contains(line.Text, "enied")) {
			t.Log("complaint:", line.At, line.Function, line.Text)
		}
	}
}

// soon waits for what the schedules and the bus bring about: where the clock is moved under a look that is being taken,
// the next one is a minute later.
func soon(t *testing.T, come func() bool) {
	t.Helper()
	for end := time.Now().Add(90 * time.Second); !come(); time.Sleep(500 * time.Millisecond) {
		require.True(t, time.Now().Before(end), "it does not come about")
	}
}

// finished waits until no erasure is under way.
func finished(t *testing.T, s *stack.Stack, lived *day.Day) {
	t.Helper()
	soon(t, func() bool {
		return !strings.Contains(adversary(t, s).tables, "erasure#")
	})
	require.NotNil(t, lived.Erased)
}

// given are the rights of the one list, as calls.
func given() []guard.Call {
	var calls []guard.Call
	for _, function := range catalog.Functions {
		for _, right := range function.Rights {
			for _, action := range right.Actions {
				calls = append(calls, guard.Call{Function: function.Name, Resource: right.On, Index: right.Index,
					Action: action})
			}
		}
	}
	sortCalls(calls)
	return slices.Compact(calls)
}

// beyond are the calls among some that others don't have.
func beyond(some, others []guard.Call) []string {
	var only []string
	for _, call := range some {
		if !slices.Contains(others, call) {
			only = append(only, call.String())
		}
	}
	return only
}

func sortCalls(calls []guard.Call) {
	slices.SortFunc(calls, func(a, b guard.Call) int { return strings.Compare(a.String(), b.String()) })
}

func write(t *testing.T, calls []guard.Call) {
	t.Helper()
	content, err := json.MarshalIndent(calls, "", "  ")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(build.Root()+"/localstack/proof/story/testdata/calls.json", append(content, '\n'),
		0o644))
}
