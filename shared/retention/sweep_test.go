package retention_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A store is a database in which items expire.
type store struct {
	*enginetest.Database
	log bytes.Buffer
}

func newStore(t testing.TB) *store { return &store{Database: enginetest.New(t, noon)} }

// keep writes sessions that end at an instant, one for each name.
func (s *store) keep(t testing.TB, until time.Time, names ...string) {
	t.Helper()
	for i, name := range names {
		s.put(t, name, until, i%4)
	}
}

func (s *store) put(t testing.TB, name string, until time.Time, shard int) {
	t.Helper()
	_, err := s.Client.PutItem(context.Background(), &dynamodb.PutItemInput{TableName: aws.String("agenda"),
		Item: map[string]types.AttributeValue{
			"pk":     &types.AttributeValueMemberS{Value: "b#u#" + name},
			"sk":     &types.AttributeValueMemberS{Value: "session#" + name},
			"ttl":    &types.AttributeValueMemberN{Value: strconv.FormatInt(until.Unix(), 10)},
			"expiry": &types.AttributeValueMemberS{Value: table.Bucket(until.Unix()/60, shard)},
		}})
	require.NoError(t, err)
}

func (s *store) sweeper(tables *table.Tables) retention.Sweeper {
	return retention.Sweeper{Tables: tables, Now: s.Clock.Now, Metrics: &s.log}
}

func (s *store) look(t testing.TB, sweeper retention.Sweeper) {
	t.Helper()
	_, err := sweeper.Look(t.Context())
	require.NoError(t, err)
}

// left names the sessions that are still there.
func (s *store) left(t testing.TB) []string {
	t.Helper()
	names := []string{}
	for _, item := range s.Dump(t, privacy.Agenda) {
		sk := item["sk"].(*types.AttributeValueMemberS).Value
		if len(sk) > 8 && sk[:8] == "session#" {
			names = append(names, sk[8:])
		}
	}
	return names
}

func TestNothingGoesBeforeItsDeadlineOrAfterItWasRenewed(t *testing.T) {
	s := newStore(t)
	s.keep(t, noon.Add(time.Second), "due in a second")
	s.keep(t, noon, "due", "renewed")
	lagging := s.lagging()
	sweeper := s.sweeper(lagging.tables())
	lagging.remember(t, noon) // the index still lists under its old deadline what is renewed now
	s.keep(t, noon.Add(time.Hour), "renewed")
	s.look(t, sweeper)
	require.ElementsMatch(t, []string{"due in a second", "renewed"}, s.left(t))
}

func TestAnIndexThatLagsMakesNothingStay(t *testing.T) {
	s := newStore(t)
	s.keep(t, noon, "late in the index")
	lagging := s.lagging()
	sweeper := s.sweeper(lagging.tables())
	lagging.blind = true
	for range 20 { // twenty minutes without seeing it
		s.look(t, sweeper)
		s.Clock.Move(time.Minute)
	}
	require.Len(t, s.left(t), 1)
	lagging.blind = false
	for range 10 {
		s.look(t, sweeper)
		s.Clock.Move(time.Minute)
	}
	require.Empty(t, s.left(t))

	lagging.remember(t, noon) // the index lists for a while what is removed already
	s.look(t, sweeper)
	require.Empty(t, s.left(t), "a deletion makes no ghost")
}

func TestAfterAnOutageOfDaysEverythingThatIsDueGoesAndNothingElse(t *testing.T) {
	s := newStore(t)
	s.look(t, s.sweeper(s.Tables()))
	for hour := range 50 {
		s.keep(t, noon.Add(time.Duration(hour)*time.Hour+time.Minute), fmt.Sprint("hour ", hour))
	}
	s.keep(t, noon.Add(1000*time.Hour), "much later")
	s.Clock.Set(noon.Add(72 * time.Hour))
	sweeper := s.sweeper(s.Tables())
	s.look(t, sweeper)
	require.Equal(t, []string{"much later"}, s.left(t))
	mark, err := s.Tables().Swept(t.Context())
	require.NoError(t, err)
	require.Equal(t, table.Swept{Minute: s.Clock.Now().Unix() / 60}, mark)
}

// lateness is the most that the metrics in the log report.
func lateness(t testing.TB, log *bytes.Buffer) float64 {
	t.Helper()
	most := -1.0
	lines := json.NewDecoder(log)
	for lines.More() {
		var line struct {
			Function string
			Lateness float64
			AWS      struct {
				Timestamp int64
			} `json:"_aws"`
		}
		require.NoError(t, lines.Decode(&line))
		require.Equal(t, "sweep", line.Function)
		require.NotZero(t, line.AWS.Timestamp)
		most = max(most, line.Lateness)
	}
	return most
}

// A lag is a client to an index that shows the past.
type lag struct {
	*dynamodb.Client
	store *store
	blind bool
	old   []map[string]types.AttributeValue
	in    string
}

func (s *store) lagging() *lag { return &lag{Client: s.Client, store: s} }

func (l *lag) tables() *table.Tables { return table.New(l, engine.Names(), l.store.Clock.Now) }

// remember keeps what the index lists of a minute's first shards, to list it for ever.
func (l *lag) remember(t testing.TB, at time.Time) {
	t.Helper()
	for _, name := range []string{"due", "renewed", "late in the index"} {
		l.old = append(l.old, map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: "b#u#" + name},
			"sk": &types.AttributeValueMemberS{Value: "session#" + name}})
	}
	l.in = table.Bucket(at.Unix()/60, 0)
}

func (l *lag) Query(ctx context.Context, in *dynamodb.QueryInput,
	options ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error) {
	out, err := l.Client.Query(ctx, in, options...)
	if err != nil || in.IndexName == nil {
		return out, err
	}
	if l.blind {
		out.Items = nil
	}
	for _, condition := range in.KeyConditions {
		if s, ok := condition.AttributeValueList[0].(*types.AttributeValueMemberS); ok && s.Value == l.in {
			out.Items = append(out.Items, l.old...)
		}
	}
	return out, nil
}

func (l *lag) Scan(ctx context.Context, in *dynamodb.ScanInput,
	options ...func(*dynamodb.Options)) (*dynamodb.ScanOutput, error) {
	out, err := l.Client.Scan(ctx, in, options...)
	if err == nil && in.IndexName != nil && l.blind {
		out.Items = nil
	}
	return out, err
}

func TestWhatIsNotDueYetIsNotTried(t *testing.T) {
	s := newStore(t)
	s.put(t, "due", noon.Add(5*time.Second), 0)
	s.put(t, "due at the end of the minute", noon.Add(50*time.Second), 1)
	s.Clock.Set(noon.Add(10 * time.Second))
	var calls enginetest.Faults
	require.NoError(t, s.sweeper(s.Faulty(&calls)).Step(t.Context(), wake.Part{}))
	require.Equal(t, []string{"due at the end of the minute"}, s.left(t))
	deletions := 0
	for _, call := range calls.Calls() {
		if call == "DeleteItem" {
			deletions++
		}
	}
	require.Equal(t, 1, deletions)
}
