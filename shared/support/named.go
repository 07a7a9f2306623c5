package support

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/iotspot/iotspot/shared/identity"
)

// mentioned is an address within a text: the local part, quoted or not, and the domain.
var mentioned = regexp.MustCompile(`("(?:[^"\\]|\\.)*"|[^\s"<>()\[\],;:@]+)@([\p{L}\p{N}.-]+)`)

// names reports whether a mail's head names an address, in any case of letters: as a whole, not as the end of a longer
// one. What has no head is looked through as it is.
func names(raw []byte, address string) bool {
	wanted := identity.Email(address).Same()
	fields, _ := readHead(raw)
	if from, ok := writer(fields); ok && from.Same() == wanted {
		return true // in any form of an address
	}
	for _, text := range heads(raw) {
		if decoded, err := addresses.WordDecoder.DecodeHeader(text); err == nil {
			text = decoded
		}
		for _, at := range mentioned.FindAllStringSubmatchIndex(text, -1) {
			local, domain := unquoted(text[at[2]:at[3]]), strings.TrimRight(text[at[4]:at[5]], ".-")
			if strings.HasPrefix(text[at[1]:], "'") { // 'k@d.example', as some programs write a name
				local = strings.TrimPrefix(local, "'")
			}
			noted := local[strings.LastIndex(local, "=")+1:] // envelope-from=k@d.example, as servers note it
			for _, found := range []string{local, noted} {
				if identity.Email(found+"@"+domain).Same() == wanted {
					return true
				}
			}
		}
	}
	return false
}

// heads are the texts of a mail's fields, or the lines of what is no mail.
func heads(raw []byte) []string {
	var texts []string
	fields, ok := readHead(raw)
	for _, f := range fields {
		texts = append(texts, f.text())
	}
	if !ok {
		for line := range bytes.Lines(raw) {
			texts = append(texts, string(line))
		}
	}
	return texts
}

func unquoted(local string) string {
	if inner, quoted := strings.CutPrefix(local, `"`); quoted {
		return strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `\`, "")
	}
	return local
}
