package colleague_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/problem"
)

// 6.confidential
func TestWhoDrawsUpAListOfColleaguesIsStoppedAndNobodyElse(t *testing.T) {
	h := newHouse(t)
	sam, noor := h.member(t, "Sam de Vries"), h.member(t, "Noor Jansen")
	answered := func() (n int) {
		for i := range 80 {
			_, err := h.finder.Search(t.Context(), sam, colleague.SearchInput{
				Name: string([]rune{rune('a' + i/26), rune('a' + i%26)})})
			if err == nil {
				n++
				continue
			}
			var refusal *problem.Error
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, problem.TooMany, refusal.Kind)
			require.LessOrEqual(t, refusal.RetryAfter, int(limit.Window.Seconds()))
		}
		return n
	}
	require.Equal(t, 60, answered())
	_, err := h.finder.Search(t.Context(), noor, colleague.SearchInput{Name: "sam"})
	require.NoError(t, err)
	h.db.Clock.Move(limit.Window)
	require.Equal(t, 60, answered())
}
