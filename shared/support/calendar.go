package support

import "regexp"

// calendarAnswer is the head of a part in which a calendar answers an invitation by itself (RFC 6047): Outlook,
// Google and Apple put it at the top or into a multipart, with the method in any case, folded or not.
var calendarAnswer = regexp.MustCompile(`(?i)(?:^|\n)content-type:\s*text/calendar(?:[^\r\n]|\r?\n[ \t])*?;\s*` +
	`method\s*=\s*"?(?:reply|counter|declinecounter|refresh)\b`)

// fromCalendar tells whether a mail is a calendar's automatic answer. Nobody asks anything with it.
func fromCalendar(raw []byte) bool { return calendarAnswer.Match(raw) }
