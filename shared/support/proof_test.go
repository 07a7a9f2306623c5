package support

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// stored is a mail from ann@example.com as SES stores it, with the lines of the results as they are given.
func stored(results ...string) string {
	return strings.Join(append(append([]string{
		"Return-Path: <ann@example.com>",
		"Received: from mail.example.com (mail.example.com [192.0.2.25])",
		" by inbound-smtp.eu-west-1.amazonaws.com with SMTP id 2qfrqm9ddvgbmpt7gl6vfs8bgm8dh0vkdqlqr6o1",
		" for support@iotspot.example;",
		" Mon, 23 Nov 2026 08:00:01 +0000 (UTC)",
		"X-SES-Spam-Verdict: PASS",
		"X-SES-Virus-Verdict: PASS",
		"Received-SPF: pass (spfCheck: domain of example.com designates 192.0.2.25 as permitted sender) " +
			"client-ip=192.0.2.25; envelope-from=ann@example.com; helo=mail.example.com;",
		"Authentication-Results: amazonses.com;"}, results...),
		"X-SES-RECEIPT: QUVGQlFVRkJRVUZC",
		"X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=eA==; d=amazonses.com",
		"Received: by phone",
		"From: =?unknown-set?q?Ann?= <Ann@Example.com>",
		"Subject: hello", "", "the body", ""), "\r\n")
}

const passes = " spf=pass (spfCheck: domain of example.com designates 192.0.2.25 as permitted sender) " +
	"client-ip=192.0.2.25; envelope-from=ann@example.com; helo=mail.example.com;"

func TestOnlyWhatSESFoundProvesASender_7_mail(t *testing.T) {
	const own, none = " dkim=pass header.i=@example.com;", " dmarc=none header.from=example.com;"
	for name, c := range map[string]struct {
		mail   string
		proved bool
	}{
		"all pass": {stored(passes, own, " dmarc=pass header.from=example.com;"), true},
		"two signatures": {stored(passes, own, " dkim=pass header.i=@amazonses.com;",
			" dmarc=pass header.from=example.com;"), true},
		"no DMARC, signed":        {stored(" spf=softfail (x) client-ip=192.0.2.25;", own, none), true},
		"no DMARC, envelope":      {stored(passes, " dkim=none;", none), true},
		"nothing found":           {stored(" spf=none;", " dkim=none;", none), false},
		"DMARC fails":             {stored(passes, own, " dmarc=fail header.from=example.com;"), false},
		"DMARC of another domain": {stored(passes, own, " dmarc=pass header.from=evil.example;"), false},
		"DMARC twice": {stored(passes, own, " dmarc=fail header.from=example.com;",
			" dmarc=pass header.from=example.com;"), false},
		"no DMARC result":       {stored(passes, own), false},
		"signed by another":     {stored(" spf=fail;", " dkim=pass header.i=@evil.example;", none), false},
		"signed by a subdomain": {stored(" spf=fail;", " dkim=pass header.i=@a.example.com;", none), false},
		"within the greeting": {stored(" spf=fail (x) client-ip=192.0.2.25; helo=x; dkim=pass "+
			"header.i=@example.com; dmarc=pass header.from=example.com;", " dkim=none;",
			" dmarc=fail header.from=example.com;"), false},
		"within the greeting, no DMARC": {stored(" spf=fail (x) client-ip=192.0.2.25; helo=x; dkim=pass "+
			"header.i=@example.com;", " dkim=none;", none), false},
		"spam": {strings.Replace(stored(passes, own, " dmarc=pass header.from=example.com;"),
			"Spam-Verdict: PASS", "Spam-Verdict: FAIL", 1), false},
		"virus": {strings.Replace(stored(passes, own, " dmarc=pass header.from=example.com;"),
			"Virus-Verdict: PASS", "Virus-Verdict: FAIL", 1), false},
		"another server's results": {strings.Replace(stored(passes, own, " dmarc=pass header.from=example.com;"),
			"amazonses.com;", "mx.evil.example;", 1), false},
		"not received by SES": {strings.Replace(stored(passes, own, " dmarc=pass header.from=example.com;"),
			"inbound-smtp", "evil", 1), false},
		"envelope of another domain": {strings.Replace(stored(passes, " dkim=none;", none),
			"Return-Path: <ann@example.com>", "Return-Path: <ann@evil.example>", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			from, ok := sender([]byte(c.mail), "support@iotspot.example")
			require.Equal(t, c.proved, ok)
			if ok {
				require.Equal(t, "ann@example.com", from.Same())
			}
		})
	}
}

func TestNothingOfAMailIsTakenWithoutTheEndOfItsHead(t *testing.T) {
	mail := stored(passes, " dkim=none;", " dmarc=pass header.from=example.com;")
	whole := strings.Index(mail, "\r\n\r\n") + 4
	for i := range whole {
		_, ok := sender([]byte(mail[:i]), "support@iotspot.example")
		require.False(t, ok, i)
	}
	_, ok := sender([]byte(mail[:whole]), "support@iotspot.example")
	require.True(t, ok)
}

// FuzzSender: whatever arrives in the bucket, it is read to an end, and what comes of it is one plain address.
func FuzzSender(f *testing.F) {
	f.Add(stored(passes, " dmarc=pass header.from=example.com;"))
	f.Add("From: a@b.example\r\n\r\n")
	f.Add("From: =?utf-8?b?4pyI?= <a@b.example>\n\n")
	f.Add(" \r\n\r\n")
	f.Fuzz(func(t *testing.T, raw string) {
		from, ok := sender([]byte(raw), "support@iotspot.example")
		if ok && (strings.ContainsAny(string(from), " \r\n<>\"") || from.Domain() == "") {
			t.Fatalf("%q is taken for an address", from)
		}
	})
}

// FuzzForged: whatever a mail holds itself, it does not turn SES's finding that it is forged.
func FuzzForged(f *testing.F) {
	f.Add(stored(passes, " dmarc=pass header.from=example.com;"))
	f.Add(" dmarc=pass header.from=example.com;\r\nFrom: ann@example.com\r\n\r\n")
	f.Add("From: ann@example.com\r\nAuthentication-Results: amazonses.com;\r\n dmarc=pass " +
		"header.from=example.com;\r\n\r\n")
	above, _, _ := strings.Cut(stored(" spf=fail (x);", " dkim=none;", " dmarc=fail header.from=example.com;"),
		"Received: by phone")
	f.Fuzz(func(t *testing.T, mail string) {
		if from, ok := sender([]byte(above+mail), "support@iotspot.example"); ok {
			t.Fatalf("forged, and taken to be of %q", from)
		}
	})
}
