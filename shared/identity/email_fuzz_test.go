package identity_test

import (
	"net/mail"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/identity"
)

// FuzzEmail: what is taken for an address is one bare address to others too, and its domain is one of 3.d's shape.
func FuzzEmail(f *testing.F) {
	for _, text := range []string{"ann@example.com", "a.b+c@sub.example.co", "", "@", "a@b", "a@b.c",
		"Ann <ann@example.com>", "ann@example.com\r\nBcc: x@example.com",
		"ann@xn--e1afmkfd.xn--p1ai", "ann@example.com,bob@example.com", "ann@-example.com", "ann@example..com",
		" ann@example.com\n",
		"\"a b\"@example.com", "ann@exämple.com", ".ann@example.com", "ann@[192.0.2.1]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		email, ok := identity.ParseEmail(text)
		if !ok {
			return
		}
		require.False(t, strings.ContainsAny(string(email), "\r\n\t ,;<>\"\x00"))
		require.Equal(t, strings.ToLower(string(email)[strings.LastIndex(string(email), "@")+1:]), email.Domain())
		require.Equal(t, email.Same(), identity.Email(email.Same()).Same())
		if local, _, _ := strings.Cut(
			string(email),
			"@",
		); !strings.HasPrefix(local, ".") &&
			!strings.HasSuffix(local, ".") &&
			!strings.Contains(local, "..") {
			address, err := mail.ParseAddress(string(email))
			require.NoError(t, err)
			require.Equal(t, string(email), address.Address)
			require.Empty(t, address.Name)
		}
	})
}
