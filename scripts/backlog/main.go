// backlog measures what the sweep does with a backlog: so many items long past their deadline, as an outage of days
// leaves them. It fills a local engine with them, sweeps until nothing is left, and prints items a second, request
// units for each item as the engine reports them, and what a million items would cost:
//
//	go run ./scripts/backlog -items 1000000
//
// Beside the backlog the sweep does its ordinary work; how soon that is done is printed too.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/retention"
	"github.com/iotspot/iotspot/shared/table"
)

// Dollars for a million request units on demand in eu-west-1, as scripts/cost has them.
const (
	millionWrites = 0.7068
	millionReads  = 0.1415
)

func main() {
	items := flag.Int("items", 100_000, "how many are overdue")
	flag.Parse()
	if err := run(context.Background(), *items); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, items int) error {
	local, err := engine.Start(ctx, engine.Options{Shared: true})
	if err != nil {
		return err
	}
	defer local.Stop()
	var spent meter
	client := engine.Client(local.URL, "backlog", spent.watch)
	if err := engine.CreateTables(ctx, client); err != nil {
		return err
	}
	now := time.Now().UTC().Truncate(time.Minute)
	began := time.Now()
	if err := fill(ctx, client, items, now); err != nil {
		return err
	}
	fmt.Printf("%d items were written in %s\n", items, time.Since(began).Round(time.Second))
	spent.reset()
	return sweep(ctx, client, &spent, items, now)
}

// together is how many items one call writes, and writers how many calls are under way.
const (
	together = 25
	writers  = 16
)

// fill writes sessions whose deadlines lie in the ten days before an hour ago, and one that is due now.
func fill(ctx context.Context, client *dynamodb.Client, items int, now time.Time) error {
	var batches []int
	for first := 0; first < items; first += together {
		batches = append(batches, first)
	}
	return parallel.Each(ctx, writers, batches, func(ctx context.Context, first int) error {
		var writes []types.WriteRequest
		for i := first; i < min(first+together, items); i++ {
			due := now.Add(-2*time.Hour - time.Duration(i%864_000)*time.Second)
			if i == 0 {
				due = now.Add(-time.Second)
			}
			writes = append(writes, types.WriteRequest{PutRequest: &types.PutRequest{Item: session(i, due)}})
		}
		out, err := client.BatchWriteItem(ctx,
			&dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{string(privacy.Agenda): writes}})
		if err == nil && len(out.UnprocessedItems) > 0 {
			err = errors.New("the engine did not take all items")
		}
		return err
	})
}

// session is an item as the sessions of people are.
func session(i int, due time.Time) map[string]types.AttributeValue {
	text := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
	return map[string]types.AttributeValue{
		"pk": text(fmt.Sprintf("aaaaaaaaaaaaaaaa#u#%016d", i)), "sk": text(fmt.Sprintf("session#%032d", i)),
		"ttl":    &types.AttributeValueMemberN{Value: fmt.Sprint(due.Unix())},
		"expiry": text(table.Bucket(due.Unix()/60, i%table.ExpiryShards(due.Unix()/60))),
		"role":   text("user"), "consent": text(privacy.StatementVersion), "used": text("2026-11-01"),
	}
}

// sweep steps until nothing is left, and prints what it took.
func sweep(ctx context.Context, client *dynamodb.Client, spent *meter, items int, now time.Time) error {
	var log bytes.Buffer
	sweeper := retention.Sweeper{Tables: table.New(client, engine.Names(), func() time.Time { return now }),
		Now: func() time.Time { return now }, Metrics: &log}
	began, steps := time.Now(), 0
	var longest time.Duration
	for left := items; left > 0; steps++ {
		step := time.Now()
		if _, err := sweeper.Look(ctx); err != nil {
			return err
		}
		longest = max(longest, time.Since(step))
		if steps == 0 {
			if there, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: name(privacy.Agenda),
				Key: keys(session(0, now))}); err != nil || len(there.Item) > 0 {
				return errors.Join(err, errors.New("what was due now is not gone after the first step"))
			}
		}
		count, err := client.Scan(ctx, &dynamodb.ScanInput{TableName: name(privacy.Agenda), Limit: limit(2)})
		if err != nil {
			return err
		}
		if left = int(count.Count) - 1; left < 0 || count.Count == 1 { // the mark of the sweep itself stays
			left = 0
		}
	}
	took := time.Since(began)
	read, write := spent.total()
	each := func(units float64) float64 { return units / float64(items) }
	fmt.Printf("%d items were removed in %s and %d steps: %.0f a second; the longest step took %s\n", items,
		took.Round(time.Second), steps,
		float64(items)/took.Seconds(), longest.Round(100*time.Millisecond))
	fmt.Printf("%.2f write and %.2f read units for each item; a million of them: %.2f dollars\n", each(write),
		each(read),
		each(write)*millionWrites+each(read)*millionReads)
	return nil
}
