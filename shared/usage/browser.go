package usage

import "strings"

// Other is the family of every browser that is not in the list, and of a client that doesn't say what it is.
const Other = "other"

// families are the browsers that are told apart, each by what its User-Agent holds. The order matters: most of them
// also say that they are Chrome or Safari.
var families = []struct{ family, has string }{
	{"app", "iotspot/"},
	{"edge", "Edg/"}, {"edge", "EdgA/"}, {"edge", "EdgiOS/"},
	{"opera", "OPR/"}, {"opera", "OPT/"},
	{"samsung", "SamsungBrowser/"},
	{"firefox", "Firefox/"}, {"firefox", "FxiOS/"},
	{"chrome", "Chrome/"}, {"chrome", "CriOS/"}, {"chrome", "Chromium/"},
	{"safari", "Safari/"},
}

// Family is the browser's family: one of a short list, without its version or the device. The User-Agent itself is
// kept nowhere.
func Family(userAgent string) string {
	for _, one := range families {
		if strings.Contains(userAgent, one.has) {
			return one.family
		}
	}
	return Other
}
