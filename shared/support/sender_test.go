package support

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// from is a mail that proves to be of example.com, whose From is written so, with more fields.
func from(written string, more ...string) []byte {
	mail := stored(passes, " dkim=none;", " dmarc=pass header.from=example.com;")
	return []byte(strings.Replace(mail, "From: =?unknown-set?q?Ann?= <Ann@Example.com>",
		strings.Join(append([]string{"From: " + written}, more...), "\r\n"), 1))
}

func TestWhoWroteAMailIsReadFromEveryFormOfOneAddress_7_mail(t *testing.T) {
	for _, written := range []string{
		"ann@example.com", " ann@example.com ", "<ann@example.com>", "Ann@EXAMPLE.com",
		"Ann Example <ann@example.com>", "\"Example, Ann (HR)\" <ann@example.com>",
		"\"A \\\"nn\\\"\" <ann@example.com>",
		"Ann Example<ann@example.com>", "Dr. Ann E. Example <ann@example.com>",
		"\"ann@evil.example\" <ann@example.com>",
		"(c) ann@example.com (d)", "ann@example.com (Ann Example)", "(Ann) <ann@example.com>",
		"Ann (HR (NL)) Example <ann@example.com>", "Ann <ann@example.com> (sent from a phone)",
		"(a \\) b) ann@example.com", "(a \" b) ann@example.com", "(bob@evil.example) ann@example.com",
		"ann(tag)@example.com", "ann@(at)example.com", "<ann@example.com(x)>",
		"\"ann\"@example.com", "\"a\\nn\"@example.com", "Ann <\"ann\"@example.com>",
		"Ann: ann@example.com;", "The office (NL): Ann <ann@example.com>;", "ann@example.com, Ann <ANN@example.com>",
		"=?utf-8?q?Zo=C3=AB?= <ann@example.com>", "=?utf-8?b?Wm/Dqw==?=\r\n =?iso-8859-1?q?_E?= <ann@example.com>",
		"=?utf-8?q?broken=ZZ?= <ann@example.com>", "Zoë <ann@example.com>", "Zo\xeb <ann@example.com>",
		"王伟 <ann@example.com>",
		"Ann\r\n Example\r\n\t<ann@example.com>",
	} {
		raw := from(written)
		who, ok := sender(raw, "support@iotspot.example")
		require.True(t, ok, written)
		require.Equal(t, "ann@example.com", who.Same(), written)
		raw = []byte("From: " + written + "\r\n\r\n")
		require.True(t, names(raw, "ann@example.com"), "of whoever can ask with it, it is removed too: %s", written)
	}
}

func TestWhatNamesNobodyOrTwoIsOfNobody_7_mail(t *testing.T) {
	for _, written := range []string{
		"", "<>", "Ann", "Ann <>", "undisclosed-recipients:;", "Ann: ;", "(ann@example.com)", "(ann@example.com",
		"ann@example.com, bob@example.com", "Office: ann@example.com, bob@example.com;",
		"ann@example.com bob@example.com",
		"Ann <ann@example.com> <bob@example.com>", "\"ann@example.com", "ann@@example.com", "@example.com", "ann@",
		"\"ann b\"@example.com", "\"<ann@example.com>\"", "a\xeb@example.com", "ann@[192.0.2.1]", "ann@exämple.com",
		"ann@evil.example", "Ann <ann@example.com.evil.example>", "ann@example.com\\",
	} {
		who, ok := sender(from(written), "support@iotspot.example")
		require.False(t, ok, "%s is taken for %s", written, who)
	}
}

func TestWhoElseAMailNamesSaysNothingOfWhoWroteIt_7_mail(t *testing.T) {
	for _, more := range []string{
		"Sender: bob@example.com", "Sender: Bob (for Ann) <bob@evil.example>", "Reply-To: bob@evil.example",
		"Reply-To: a: b@evil.example, c@evil.example;", "Resent-From: bob@evil.example",
		"X-Original-From: bob@evil.example",
		"Errors-To: <>", "Disposition-Notification-To: bob@evil.example", "Return-Path: <bob@evil.example>",
		"On-Behalf-Of: bob@evil.example",
	} {
		who, ok := sender(from("ann@example.com", more), "support@iotspot.example")
		require.True(t, ok, more)
		require.Equal(t, "ann@example.com", who.Same(), more)
		_, ok = sender(from("", more), "support@iotspot.example")
		require.False(t, ok, "without a From: %s", more)
	}
}

func TestACommentSaysNothingOfWhetherAPersonWrote_7_mail(t *testing.T) {
	for field, person := range map[string]bool{
		"Auto-Submitted: (a (nested) one) no": true, "Auto-Submitted: no (\\) auto-replied)": true,
		"Auto-Submitted: (no (no)) auto-replied": false, "Auto-Submitted: (no": false,
	} {
		_, ok := sender(from("ann@example.com", field), "support@iotspot.example")
		require.Equal(t, person, ok, field)
	}
}
