package business

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed providers.txt
var providersText string

var providers = sync.OnceValue(func() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimSpace(providersText), "\n"),
		func(line string) bool { return strings.HasPrefix(line, "#") })
})

// Public reports whether a domain, in lower case, is one at which anybody can have a mailbox, or lies under one.
func Public(domain string) bool {
	for domain != "" {
		if _, found := slices.BinarySearch(providers(), domain); found {
			return true
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return false
}
