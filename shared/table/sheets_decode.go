package table

import (
	"errors"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/privacy"
)

func decodeAll[T any](items []dynamo.Item, decode func(dynamo.Item) (T, error)) ([]T, error) {
	decoded := make([]T, 0, len(items))
	for _, item := range items {
		one, err := decode(item)
		if err != nil {
			return nil, err
		}
		decoded = append(decoded, one)
	}
	return decoded, nil
}

func decodeSpotSheet(item dynamo.Item) (SpotSheet, error) {
	sheet := SpotSheet{
		Spot:      strings.TrimPrefix(text(item[skName]), privacy.SpotSheet.SortPrefix),
		Holdings:  map[string]Holding{},
		Occupancy: map[string]Occupancy{},
		Unnamed:   map[string]Unnamed{},
	}
	for name, value := range item {
		var err error
		switch {
		case name == takenName:
			sheet.Taken, err = quartersOf(value)
		case name == ttlName:
			sheet.DayEnds = number(value)
		case name == freedName:
			sheet.FreedBy = text(value)
		case name == cancelledName:
			err = dynamo.Unmarshal(value, &sheet.cancelled)
		case strings.HasPrefix(name, reservationPrefix):
			err = decodeInto(sheet.Holdings, strings.TrimPrefix(name, reservationPrefix), value, decodeHolding)
		case strings.HasPrefix(name, occupancyPrefix):
			err = decodeInto(sheet.Occupancy, strings.TrimPrefix(name, occupancyPrefix), value, decodeOccupancy)
		case strings.HasPrefix(name, unnamedPrefix):
			err = decodeInto(sheet.Unnamed, strings.TrimPrefix(name, unnamedPrefix), value, reflected[Unnamed])
		}
		if err != nil {
			return SpotSheet{}, err
		}
	}
	return sheet, nil
}

func decodePersonSheet(item dynamo.Item) (PersonSheet, error) {
	day, location, _ := strings.Cut(strings.TrimPrefix(text(item[skName]), privacy.PersonSheet.SortPrefix), "#")
	sheet := PersonSheet{Day: civil.Date(day), Location: location, Commitments: map[string]Commitment{}}
	titles := map[string]Title{}
	for name, value := range item {
		var err error
		switch {
		case name == takenName:
			sheet.Taken, err = quartersOf(value)
		case name == countName:
			err = dynamo.Unmarshal(value, &sheet.Count)
		case name == ttlName:
			err = dynamo.Unmarshal(value, &sheet.Ends)
		case strings.HasPrefix(name, reservationPrefix):
			err = decodeInto(sheet.Commitments, strings.TrimPrefix(name, reservationPrefix), value,
				decodeCommitment)
		case strings.HasPrefix(name, mailedPrefix):
			sheet.Mailed = append(sheet.Mailed, strings.TrimPrefix(name, mailedPrefix))
		case strings.HasPrefix(name, titlePrefix):
			err = decodeInto(titles, strings.TrimPrefix(name, titlePrefix), value, reflected[Title])
		}
		if err != nil {
			return PersonSheet{}, err
		}
	}
	for id, title := range titles {
		if c, there := sheet.Commitments[id]; there {
			c.Title = title
			sheet.Commitments[id] = c
		}
	}
	return sheet, nil
}

func decodeInto[T any](into map[string]T, name string, value types.AttributeValue,
	decode func(types.AttributeValue) (T, error)) error {
	one, err := decode(value)
	if err != nil {
		return err
	}
	into[name] = one
	return nil
}

// quartersOf reads a number set without reflection: a floor has one for each spot.
func quartersOf(value types.AttributeValue) (civil.Quarters, error) {
	set, ok := value.(*types.AttributeValueMemberNS)
	if !ok {
		return nil, errors.New("table: not a set of numbers")
	}
	quarters := make(civil.Quarters, len(set.Value))
	for i, text := range set.Value {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		quarters[i] = civil.Quarter(number)
	}
	return quarters, nil
}

func numberSet(quarters civil.Quarters) types.AttributeValue {
	set := &types.AttributeValueMemberNS{}
	for _, q := range quarters {
		set.Value = append(set.Value, strconv.FormatInt(int64(q), 10))
	}
	return set
}

func text(value types.AttributeValue) string {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	return s.Value
}
