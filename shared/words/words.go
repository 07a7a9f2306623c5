// Package words is how the system speaks to people: each text stands in both languages, and a language is Dutch
// unless somebody chose English.
package words

import (
	"fmt"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// Text is a text in each language of the system.
type Text struct {
	NL string `json:"nl"`
	EN string `json:"en"`
}

// Same is a text that is the same in every language, as a name.
func Same(text string) Text { return Text{NL: text, EN: text} }

// In is the text in a language: English in "en", otherwise Dutch.
func (w Text) In(language string) string {
	if language == "en" {
		return w.EN
	}
	return w.NL
}

// LanguageOf is the language to speak to somebody who chose one, or none.
func LanguageOf(chosen string) string {
	if chosen == "en" {
		return "en"
	}
	return "nl"
}

// Moment is an instant as a person reads it in their zone.
func Moment(at time.Time, zone civil.Zone) Text {
	at = zone.In(at)
	day, clock := dayOf(at), at.Format("15:04")
	return Text{NL: day.NL + ", " + clock + " uur", EN: day.EN + ", " + clock}
}

// Until is up to which instant something is: a whole day where it ends with one, since nobody reads midnight as the
// end of the day before.
func Until(at time.Time, zone civil.Zone) Text {
	last := civil.DateOf(at.Add(-time.Second), zone)
	if last.End(zone).Equal(at) {
		day := Day(last)
		return Text{NL: "t/m " + day.NL, EN: "up to and including " + day.EN}
	}
	moment := Moment(at, zone)
	return Text{NL: "tot " + moment.NL, EN: "until " + moment.EN}
}

// Zone is a zone as people name it: by its city.
func Zone(zone civil.Zone) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}

// Day is a civil date as a person reads it.
func Day(day civil.Date) Text { return dayOf(day.Start(civil.UTC)) }

// More is how many there are beside what was said, at least one.
func More(n int) Text {
	if n == 1 {
		return Text{NL: "en nog één keer", EN: "and once more"}
	}
	return Text{NL: fmt.Sprintf("en nog %d keer", n), EN: fmt.Sprintf("and %d times more", n)}
}

// Days is a period of days, both of them included. What the first day has in common with the last is said once.
func Days(first, last civil.Date) Text {
	if first == last {
		return Day(first)
	}
	from, to := Day(first), Day(last)
	return Text{NL: before(from.NL, to.NL) + " t/m " + to.NL, EN: before(from.EN, to.EN) + " to " + to.EN}
}

// before is a day that is followed by a later one: without the year where that is the same, and without the month
// too.
func before(day, later string) string {
	parts, last := strings.Fields(day), strings.Fields(later)
	for len(parts) > 1 && parts[len(parts)-1] == last[len(parts)-1] {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " ")
}

func dayOf(at time.Time) Text {
	return Text{NL: fmt.Sprintf("%d %s %d", at.Day(), monthsNL[at.Month()-1], at.Year()),
		EN: at.Format("2 January 2006")}
}

var monthsNL = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
	"oktober", "november", "december"}
