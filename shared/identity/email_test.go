package identity_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
)

func TestAnAddressIsTakenAsPeoplePasteIt(t *testing.T) {
	for _, around := range []string{" ", "\t\r\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u00ad", "\u202a",
		"\u2060 \u200e"} {
		email, ok := identity.ParseEmail(around + "Ann@example.com" + around)
		require.True(t, ok, "%q", around)
		require.Equal(t, identity.Email("Ann@example.com"), email, "%q", around)
	}
	for _, text := range []string{"", "\u200b", "ann@exam\u200bple.com", "a\u00adnn@example.com", "ann @example.com",
		"ａnn@example.com", "ann＠example.com", "ann@example。com"} {
		_, ok := identity.ParseEmail(text)
		require.False(t, ok, "%q: it is another address than it looks like", text)
	}
}
