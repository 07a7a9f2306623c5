package support

import (
	"regexp"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
)

// SES writes its own fields above those that came with the mail:
//
//	Return-Path: <envelope sender>
//	Received: from …
//	 by inbound-smtp.<region>.amazonaws.com with SMTP id …
//	X-SES-Spam-Verdict: PASS
//	X-SES-Virus-Verdict: PASS
//	Received-SPF: …
//	Authentication-Results: amazonses.com;
//	 spf=pass (…) client-ip=…; envelope-from=…; helo=…;
//	 dkim=pass header.i=@<domain>;
//	 dmarc=pass header.from=<domain>;
//	X-SES-RECEIPT: …
//
// Only those are believed, and of the results each only at the beginning of its line: the rest of a line can hold
// what the sender chose.

// proved reports whether SES found that the mail comes from the sender's own domain: DMARC holds, or the domain has
// no DMARC and it signed the mail, or the envelope is of the same domain and SPF holds. Everything else is forged.
func proved(h head, from identity.Email) bool {
	ours, ok := written(h)
	if !ok || !clean(ours) {
		return false
	}
	results, ok := ours.one("authentication-results")
	if !ok || !strings.HasPrefix(results, "amazonses.com;") {
		return false
	}
	lines := ours.all("authentication-results")[0].lines[1:]
	found := resultsOf(lines)
	if len(found["dmarc"]) != 1 || len(found["spf"]) > 1 {
		return false
	}
	switch dmarc := found["dmarc"][0]; dmarc.verdict {
	case "pass":
		return dmarc.value("header.from") == from.Domain()
	case "none":
		return signed(found["dkim"], from.Domain()) || sent(ours, found["spf"], from.Domain())
	}
	return false
}

// written are the fields of SES: from Return-Path to X-SES-RECEIPT.
func written(h head) (head, bool) {
	end := slices.IndexFunc(h, func(f field) bool { return f.name == "x-ses-receipt" })
	if end < 2 || h[0].name != "return-path" || h[1].name != "received" || len(h[1].lines) < 2 {
		return nil, false
	}
	return h[:end], strings.HasPrefix(h[1].lines[1], " by inbound-smtp.")
}

// clean reports whether SES found neither spam nor a virus.
func clean(ours head) bool {
	for _, name := range []string{"x-ses-spam-verdict", "x-ses-virus-verdict"} {
		if verdict, ok := ours.one(name); !ok || verdict == "FAIL" {
			return false
		}
	}
	return true
}

// A result is one line of the results.
type result struct{ verdict, rest string }

var resultLine = regexp.MustCompile(`^[ \t]+(spf|dkim|dmarc)=([a-z]+)[ ;](.*)$`)

func resultsOf(lines []string) map[string][]result {
	found := map[string][]result{}
	for _, line := range lines {
		if match := resultLine.FindStringSubmatch(line + " "); match != nil {
			found[match[1]] = append(found[match[1]], result{match[2], match[3]})
		}
	}
	return found
}

// value is that of a result's first property, where it has the name.
func (r result) value(name string) string {
	first, _, _ := strings.Cut(r.rest, ";")
	value, ok := strings.CutPrefix(strings.TrimSpace(first), name+"=")
	if !ok {
		return ""
	}
	return strings.ToLower(value)
}

// signed reports whether one of the signatures that hold is the domain's own.
func signed(signatures []result, domain string) bool {
	return slices.ContainsFunc(signatures, func(r result) bool {
		return r.verdict == "pass" && r.value("header.i") == "@"+domain
	})
}

// sent reports whether the envelope is of the domain and its host is one of the domain's.
func sent(ours head, spf []result, domain string) bool {
	text, ok := ours.one("return-path")
	envelope, ok2 := identity.ParseEmail(strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">"))
	return ok && ok2 && len(spf) == 1 && spf[0].verdict == "pass" && envelope.Domain() == domain
}
