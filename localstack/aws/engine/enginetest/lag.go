package enginetest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/shared/table"
)

// Lag lets what is queried without asking for consistency show the past, as it may on AWS for a moment and never does
// on the local engine: the indexes of a database, and its tables.
type Lag struct {
	mu     sync.Mutex
	frozen bool
	seen   map[string][]map[string]types.AttributeValue
}

// Freeze makes each such query give what it gave the last time before, and nothing where it was not asked
// before; with false they tell the truth again.
func (l *Lag) Freeze(frozen bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = frozen
}

// Lagging opens the database with the lag.
func (d *Database) Lagging(l *Lag) *table.Tables {
	l.seen = map[string][]map[string]types.AttributeValue{}
	return table.New(lagging{d.Client, l}, engine.Names(), d.Clock.Now)
}

type lagging struct {
	*dynamodb.Client
	lag *Lag
}

func (c lagging) Query(ctx context.Context, in *dynamodb.QueryInput,
	options ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error) {
	out, err := c.Client.Query(ctx, in, options...)
	if err != nil || aws.ToBool(in.ConsistentRead) {
		return out, err
	}
	asked := []string{*in.TableName, aws.ToString(in.IndexName)}
	for _, name := range slices.Sorted(maps.Keys(in.KeyConditions)) {
		for _, value := range in.KeyConditions[name].AttributeValueList {
			asked = append(asked, name, printed(value))
		}
	}
	c.lag.mu.Lock()
	defer c.lag.mu.Unlock()
	key := strings.Join(asked, " ")
	if c.lag.frozen {
		out.Items = c.lag.seen[key]
	}
	c.lag.seen[key] = out.Items
	return out, nil
}
