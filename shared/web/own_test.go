package web

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
)

func TestAFunctionServesItsOwnOperationsAloneAndStartsWithAllOfThem(t *testing.T) {
	idle := func(declared api.Declaration) Route {
		return On(declared, func(context.Context, identity.Caller, struct{}) (struct{}, error) {
			return struct{}{}, nil
		})
	}
	all := []Route{idle(api.Availability), idle(api.ShowStatement), idle(api.StatementVersion)}
	served := own("statement", [][]Route{all})
	require.Len(t, served, 2)
	require.Equal(t, "statement", served[0].Declared.ID)
	require.PanicsWithValue(t, "web: the function booking has no use case for its operation reserve",
		func() { own("booking", [][]Route{all}) })
}
