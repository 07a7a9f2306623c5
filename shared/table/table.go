// Package table keeps the system's items in DynamoDB. It is the only package that knows DynamoDB: rooms call its
// methods, whose conditions are what holds under concurrency. An item can be written only as a privacy.Stamped one,
// and none is read past its deadline.
//
// Where there are two ways to read the same, X is eventually consistent, at half the price, and XNow shows every
// write that was answered before. A read that has no XNow is consistent, unless it says otherwise.
package table

import (
	"context"
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/guregu/dynamo/v2/dynamodbiface"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

// ErrAbsent says that there is no such item, or that it is past its deadline, which is the same.
var ErrAbsent = errors.New("table: no such item")

// ErrRefused says that a condition of a write did not hold, so that nothing was written.
var ErrRefused = errors.New("table: a condition does not hold")

// Tables are the three tables, seen by one function.
type Tables struct {
	db    *dynamo.DB
	names Names
	now   func() time.Time
}

// Names are the tables' names in this deployment.
type Names map[privacy.Store]string

// Variables are the environment variables that name the tables to a function. A function has only those it may use.
var Variables = map[privacy.Store]string{
	privacy.Directory: "DIRECTORY_TABLE",
	privacy.Agenda:    "AGENDA_TABLE",
	privacy.Insight:   "INSIGHT_TABLE",
}

// Open connects to the tables that the environment names.
func Open(ctx context.Context, now func() time.Time) (*Tables, error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRetryer(Retryer),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(attemptTakes)))
	if err != nil {
		return nil, err
	}
	names := Names{}
	for store, variable := range Variables {
		names[store] = os.Getenv(variable)
	}
	return New(dynamodb.NewFromConfig(cfg), names, now), nil
}

// New uses a client that exists, as tests do with one that counts or fails.
func New(client dynamodbiface.DynamoDBAPI, names Names, now func() time.Time) *Tables {
	return &Tables{db: dynamo.NewFromIface(client), names: names, now: now}
}

// attemptTakes is how long one attempt of a call may take before it is given up and made again: DynamoDB answers in
// milliseconds, so what takes this long is on a connection that is dead.
const attemptTakes = 3 * time.Second

// Retryer repeats what DynamoDB throttles and transactions that conflict on an item, with exponential backoff. The
// SDK gives each transaction a token, so a repeat after a lost answer is the same transaction.
func Retryer() aws.Retryer {
	return retry.NewStandard(dynamo.RetryTxConflicts, func(o *retry.StandardOptions) {
		o.MaxAttempts = 10
		o.Backoff = retry.BackoffDelayerFunc(backoff)
		// Without the SDK's own quota of retries: in an instance that lives for hours one bad minute would use it up.
		o.RateLimiter = ratelimit.None
	})
}

// backoff waits a random part of 25 ms, doubled with each attempt up to a second: the SDK's own begins at a second,
// which somebody at the door would notice.
func backoff(attempt int, _ error) (time.Duration, error) {
	return rand.N(min(25*time.Millisecond<<min(attempt, 6), time.Second)), nil
}

const (
	pkName     = "pk"
	skName     = "sk"
	ttlName    = "ttl"
	expiryName = "expiry"

	// ExpiryIndex finds the items of the agenda by the minute of their deadline.
	ExpiryIndex = "expiry"
)

func (t *Tables) table(store privacy.Store) dynamo.Table { return t.db.Table(t.names[store]) }

// projection names the attributes of an item that hold the kinds; none, which is the whole item, when no kind is
// named.
func projection(item privacy.Item, kinds []privacy.Clause) []string {
	if len(kinds) == 0 {
		return nil
	}
	return item.AttributesOf(kinds...)
}

// get reads one item: of it the kinds that are named, or without any the whole. A consistent read costs twice and
// sees every write that was answered before it.
func (t *Tables) get(ctx context.Context, k key, consistent bool, out any, kinds ...privacy.Clause) error {
	var raw dynamo.Item
	err := t.table(k.item.Store).Get(pkName, k.pk).Range(skName, dynamo.Equal, k.sk).
		Project(projection(k.item, kinds)...).Consistent(consistent).One(ctx, &raw)
	if errors.Is(err, dynamo.ErrNotFound) || err == nil && !t.alive(raw) {
		return ErrAbsent
	}
	if err != nil {
		return wrap(err)
	}
	return dynamo.UnmarshalItem(raw, out)
}

// one reads an item, see get, over what is known of it beforehand.
func one[T any](ctx context.Context, t *Tables, k key, consistent bool, known T) (T, error) {
	err := t.get(ctx, k, consistent, &known)
	return known, err
}

// filled is what an item says, over what is known of it beforehand.
func filled[T any](raw dynamo.Item, known T) (T, error) {
	err := dynamo.UnmarshalItem(raw, &known)
	return known, err
}

// list reads the living items of a partition whose sort key begins with prefix, which may be empty.
func (t *Tables) list(ctx context.Context, store privacy.Store, pk, prefix string,
	consistent bool) ([]dynamo.Item, error) {
	query := t.table(store).Get(pkName, pk).Consistent(consistent)
	if prefix != "" {
		query = query.Range(skName, dynamo.BeginsWith, prefix)
	}
	return t.all(ctx, query)
}

func (t *Tables) all(ctx context.Context, query *dynamo.Query) ([]dynamo.Item, error) {
	var raw, alive []dynamo.Item
	if err := query.All(ctx, &raw); err != nil {
		return nil, wrap(err)
	}
	for _, item := range raw {
		if t.alive(item) {
			alive = append(alive, item)
		}
	}
	return alive, nil
}

// alive is the read filter: from its deadline on an item does not exist, whether or not it has been removed.
func (t *Tables) alive(item dynamo.Item) bool {
	value, ok := item[ttlName].(*types.AttributeValueMemberN)
	return !ok || t.now().Unix() < number(value)
}

// number is a whole number, 0 where it can't be read: as a deadline, one that passed long ago.
func number(value types.AttributeValue) int64 {
	n, ok := value.(*types.AttributeValueMemberN)
	if !ok {
		return 0
	}
	whole, err := strconv.ParseInt(n.Value, 10, 64)
	if err != nil {
		return 0
	}
	return whole
}

// put readies a stamped item for writing under its key.
func (t *Tables) put(k key, stamped privacy.Stamped) (*dynamo.Put, error) {
	if stamped.Item().Name != k.item.Name {
		return nil, errors.New("table: " + stamped.Item().Name + " under a key of " + k.item.Name)
	}
	item, err := dynamo.MarshalItem(stamped.Value())
	if err != nil {
		return nil, err
	}
	for name, value := range k.fixed(stamped.Deadline()) {
		item[name] = value
	}
	if err := k.item.Undeclared(attributeNames(item)); err != nil {
		return nil, err
	}
	return t.table(k.item.Store).Put(item), nil
}

// fixed are the attributes that follow from the key and the deadline.
func (k key) fixed(deadline privacy.Deadline) dynamo.Item {
	fixed := dynamo.Item{
		pkName: &types.AttributeValueMemberS{Value: k.pk},
		skName: &types.AttributeValueMemberS{Value: k.sk},
	}
	if at := deadline.Unix(); at != 0 {
		fixed[ttlName] = &types.AttributeValueMemberN{Value: strconv.FormatInt(at, 10)}
		if k.item.Swept {
			fixed[expiryName] = &types.AttributeValueMemberS{Value: k.bucket(at)}
		}
	}
	return fixed
}

// ExpiryShards is how many partitions of the index share the expiries of a minute of the Unix clock: each takes 1,000
// deletions a second. Days end at quarters of an hour, and with the day of a zone all that its sensors said.
func ExpiryShards(minute int64) int {
	if minute%15 == 0 {
		return 32
	}
	return 4
}

func (k key) bucket(deadline int64) string {
	h := fnv.New32a()
	h.Write([]byte(k.pk + k.sk))
	minute := deadline / 60
	return Bucket(minute, int(h.Sum32()%uint32(ExpiryShards(minute))))
}

// Bucket names the part of the expiry index that holds a share of one minute's deadlines.
func Bucket(minute int64, shard int) string {
	return strconv.FormatInt(minute, 10) + "#" + strconv.Itoa(shard)
}

// update readies a change of one item; the attributes that it names are checked against the register.
func (t *Tables) update(k key) *update {
	return &update{key: k, Update: t.table(k.item.Store).Update(pkName, k.pk).Range(skName, k.sk)}
}

type update struct {
	*dynamo.Update
	key key
	err error
}

func (u *update) declared(name string) bool {
	if err := u.key.item.Undeclared([]string{name}); err != nil {
		u.err = errors.Join(u.err, err)
		return false
	}
	return true
}

func (u *update) set(name string, value any) *update {
	if u.declared(name) {
		u.Update.SetExpr("$ = ?", name, value)
	}
	return u
}

// setIn sets one member of an attribute that is a map.
func (u *update) setIn(name, member string, value any) *update {
	if u.declared(name) {
		u.Update.SetExpr("$.$ = ?", name, member, value)
	}
	return u
}

func (u *update) add(name string, value any) *update {
	if u.declared(name) {
		u.Update.Add(quoted(name), value)
	}
	return u
}

// setQuarters sets a number set; an empty one is not allowed in DynamoDB and takes the attribute away.
func (u *update) setQuarters(name string, quarters civil.Quarters) *update {
	switch {
	case len(quarters) == 0:
		return u.remove(name)
	case u.declared(name):
		u.Update.SetSet(quoted(name), quarters)
	}
	return u
}

// addTexts puts texts into a set of texts.
func (u *update) addTexts(name string, texts ...string) *update {
	if u.declared(name) {
		u.Update.AddStringsToSet(quoted(name), texts...)
	}
	return u
}

// remove takes an attribute away.
func (u *update) remove(name string) *update {
	if u.declared(name) {
		u.Update.RemoveExpr("$", name)
	}
	return u
}

// removeIn takes one member out of an attribute that is a map.
func (u *update) removeIn(name, member string) *update {
	if u.declared(name) {
		u.Update.RemoveExpr("$.$", name, member)
	}
	return u
}

// keep sets the deadline of an item that the update may create.
func (u *update) keep(deadline privacy.Deadline) *update {
	fixed := u.key.fixed(deadline)
	for _, name := range []string{ttlName, expiryName} { // in one order, so that two calls alike are the same
		if value, ok := fixed[name]; ok {
			u.Update.SetExpr("$ = ?", name, value)
		}
	}
	return u
}

func (u *update) when(condition string, args ...any) *update {
	u.Update.If(condition, args...)
	return u
}

func (u *update) run(ctx context.Context) error {
	if u.err != nil {
		return u.err
	}
	return wrap(u.Update.Run(ctx))
}

// quoted escapes a path for guregu/dynamo, which reads # and . as its own.
func quoted(name string) string { return "'" + name + "'" }

func attributeNames(item dynamo.Item) []string {
	names := make([]string, 0, len(item))
	for name := range item {
		names = append(names, name)
	}
	return names
}

// remove deletes an item if it is there.
func (t *Tables) remove(k key) *dynamo.Delete {
	return t.table(k.item.Store).Delete(pkName, k.pk).Range(skName, k.sk)
}

func (t *Tables) check(k key) *dynamo.ConditionCheck {
	return t.table(k.item.Store).Check(pkName, k.pk).Range(skName, k.sk)
}
