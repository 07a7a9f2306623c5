// Package words is how the system speaks to people: each text stands in both languages, and a language is Dutch unless
// somebody chose English.
package words

import (
	"fmt"
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

// Moment is an instant as a person reads it, with the name of the zone.
func Moment(at time.Time, zone civil.Zone) Text {
	at = zone.In(at)
	day, clock := dayOf(at), at.Format("15:04")
	return Text{NL: fmt.Sprintf("%s %s (%s)", day.NL, clock, zone), EN: fmt.Sprintf("%s %s (%s)", day.EN, clock, zone)}
}

// Day is a civil date as a person reads it.
func Day(day civil.Date) Text { return dayOf(day.Start(civil.UTC)) }

// Days is a period of days, both of them included.
func Days(first, last civil.Date) Text {
	if first == last {
		return Day(first)
	}
	from, to := Day(first), Day(last)
	return Text{NL: from.NL + " t/m " + to.NL, EN: from.EN + " to " + to.EN}
}

func dayOf(at time.Time) Text {
	return Text{NL: fmt.Sprintf("%d %s %d", at.Day(), monthsNL[at.Month()-1], at.Year()),
		EN: at.Format("2 January 2006")}
}

var monthsNL = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
	"oktober", "november", "december"}
