package privacy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/privacy"
)

func TestEveryKindSaysInBothLanguagesWhatItIsWhatForAndUntilWhen(t *testing.T) { // 5.purpose
	seen, used := map[privacy.Clause]bool{}, map[privacy.Purpose]bool{}
	for _, kind := range privacy.Kinds {
		require.False(t, seen[kind.Clause], "%s is declared twice", kind.Clause)
		seen[kind.Clause] = true
		require.NotEmpty(t, kind.NL, kind.Clause)
		require.NotEmpty(t, kind.EN, kind.Clause)
		require.NotEmpty(t, kind.Rule.NL, kind.Clause)
		require.NotEmpty(t, kind.Rule.EN, kind.Clause)
		require.NotEmpty(t, kind.Purposes, kind.Clause)
		require.NotEmpty(t, kind.Group, "%s: under which people find it", kind.Clause)
		require.NotEmpty(t, kind.Bases, "%s: on which it can rest (GDPR art. 6)", kind.Clause)
		for _, basis := range kind.Bases {
			require.NotEmpty(t, basis.Words().NL, kind.Clause)
		}
		for _, purpose := range kind.Purposes {
			require.NotEmpty(t, purpose.Words().NL, kind.Clause)
			require.NotEmpty(t, purpose.Words().EN, kind.Clause)
			used[purpose] = true
		}
		require.Contains(t, []privacy.Fate{privacy.Delete, privacy.Unlink, privacy.Keep}, kind.Fate)
	}
	for purpose := range used {
		require.Contains(t, []privacy.Purpose{"a", "b", "c", "d", "e.i", "e.ii"}, purpose,
			"the statement names exactly these")
	}
}

func TestEveryAttributeOfAnItemIsOfADeclaredKindOrSystem(t *testing.T) {
	for _, item := range privacy.Items {
		require.NotEmpty(t, item.Attributes, item.Name)
		for name, clause := range item.Attributes {
			if clause == privacy.System {
				continue
			}
			_, ok := privacy.KindOf(clause)
			require.True(t, ok, "%s.%s is of the undeclared kind %s", item.Name, name, clause)
		}
	}
}

func TestNoItemIsKeptLongerThanAKindThatItHolds(t *testing.T) {
	for _, item := range privacy.Items {
		for name, clause := range item.Attributes {
			if kind, ok := privacy.KindOf(clause); ok {
				require.True(t, noLongerThan(item.Rule, kind.Rule), "%s.%s is kept %q, but %s %q", item.Name, name,
					item.Rule.EN, clause, kind.Rule.EN)
			}
		}
	}
}

// noLongerThan: what is kept under rule is gone when bound says, or before. A rule that ends with an event bounds
// every other, since the event ends those too.
func noLongerThan(rule, bound privacy.Rule) bool {
	if rule.EndsWithEvent() || bound.EndsWithEvent() {
		return bound.EndsWithEvent()
	}
	return rule == bound || after(rule) > 0 && after(rule) <= after(bound)
}

// after is how long past its reference instant a rule keeps something.
func after(rule privacy.Rule) time.Duration {
	reference := time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)
	at, _ := rule.From(reference).At()
	return at.Sub(reference)
}

func TestASortKeyTellsWhichItemItIs(t *testing.T) {
	for _, a := range privacy.Items {
		for _, b := range privacy.Items {
			if a.Name != b.Name && a.Store == b.Store {
				require.False(t, strings.HasPrefix(a.SortPrefix, b.SortPrefix), "%s and %s begin alike", a.Name,
					b.Name)
			}
		}
	}
}

func TestNothingAboutAPersonIsInInsight(t *testing.T) { // 5.transactions
	for _, item := range privacy.Items {
		if item.Store != privacy.Insight {
			continue
		}
		for name, clause := range item.Attributes {
			require.Equal(t, privacy.System, clause, name)
		}
	}
}

func TestWhatAnAuditReadsOfAnItemIsAnAttributeOfIt(t *testing.T) {
	for _, item := range privacy.Items {
		read := item.Since
		if item.Date != "" && item.Date != privacy.DateInPartition && item.Date != privacy.DateInSortKey {
			read = append(read, string(item.Date))
		}
		if item.Within > 0 {
			require.True(t, item.Rule.EndsWithEvent(), "%s ends with what was promised within", item.Name)
			read = append(read, "asked_at")
		}
		for _, name := range read {
			_, declared := item.Attributes[name]
			require.True(t, declared, "%s.%s", item.Name, name)
		}
	}
}

func TestWhatAnAdministratorGivesRestsOnNoConsent_4_f_1(t *testing.T) { // GDPR art. 6(1)
	for _, item := range []privacy.Item{privacy.Assigned, privacy.Holder, privacy.InGroup, privacy.GroupMember} {
		for name, clause := range item.Attributes {
			kind, _ := privacy.KindOf(clause)
			require.NotContains(t, kind.Bases, privacy.Consent, "%s.%s is another's choice", item.Name, name)
			require.False(t, kind.Optional, "%s.%s is not given by the person", item.Name, name)
		}
	}
}
