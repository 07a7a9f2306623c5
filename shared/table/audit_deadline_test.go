package table

import (
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
)

// stored is an item with a deadline, and attributes that are texts.
func stored(deadline time.Time, texts map[string]string) dynamo.Item {
	item := dynamo.Item{}
	if !deadline.IsZero() {
		item[ttlName] = &types.AttributeValueMemberN{Value: strconv.FormatInt(deadline.Unix(), 10)}
	}
	for name, text := range texts {
		item[name] = &types.AttributeValueMemberS{Value: text}
	}
	return item
}

func TestADeadlineIsThatOfItsRuleAsExactlyAsTheItemSaysSinceWhen(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	since, before := now.Add(-time.Minute), now.Add(-2*time.Minute)
	tables := &Tables{now: func() time.Time { return now }}
	sheet, sheetKey := privacy.PersonSheet, privacy.PersonSheet.SortPrefix+"2026-11-25#l"
	for what, c := range map[string]struct {
		item     privacy.Item
		sk       string
		raw      dynamo.Item
		declared bool
	}{
		"since an instant":                 {privacy.Code, "code", askedAt(since, since.Add(10*time.Minute)), true},
		"since another instant":            {privacy.Code, "code", askedAt(before, since.Add(10*time.Minute)), false},
		"the end of a date":                {sheet, sheetKey, stored(at("2026-11-25T23:00:00Z"), nil), true},
		"the end of a farther date":        {sheet, sheetKey, stored(at("2026-11-27T23:00:00Z"), nil), false},
		"none, of what ends with an event": {privacy.User, "user", stored(time.Time{}, nil), true},
		"one, of what ends with an event":  {privacy.User, "user", stored(now, nil), false},
		"none, of what has a rule":         {privacy.Link, "link#x", stored(time.Time{}, nil), false},
		"the end of a reservation's day":   {privacy.Acted, "acted#u#r", reserved("2026-11-30T23:00:00Z"), true},
		"the end of a day after it":        {privacy.Acted, "acted#u#r", reserved("2026-12-02T23:00:00Z"), false},
		"later than the rule from now":     {privacy.Link, "link#x", stored(now.AddDate(0, 0, 8), nil), false},
		"sooner than the rule from now":    {privacy.Link, "link#x", stored(now.AddDate(0, 0, 6), nil), true},
	} {
		require.Equal(t, c.declared, tables.asDeclared(c.item, "pk", c.sk, c.raw), what)
	}
}

func askedAt(since, deadline time.Time) dynamo.Item {
	return stored(deadline, map[string]string{"asked_at": since.Format(time.RFC3339)})
}

func reserved(deadline string) dynamo.Item {
	return stored(at(deadline), map[string]string{"reservation": "20261130-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb"})
}

func at(text string) time.Time {
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return instant
}
