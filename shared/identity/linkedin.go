package identity

import (
	"regexp"
	"sync"
)

// LinkedIn is the identifier in the address of a public LinkedIn profile (4.b.3).
const LinkedIn = `^[A-Za-z0-9-]{3,100}$`

var linkedIn = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(LinkedIn) })

// LinkedInURL is the profile's address, for a plain link that its reader may follow or not: nothing of it is fetched
// or embedded (10.login). Of what is no identifier it is "".
func LinkedInURL(id string) string {
	if !linkedIn().MatchString(id) {
		return ""
	}
	return "https://www.linkedin.com/in/" + id
}
