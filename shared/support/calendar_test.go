package support_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/ses"
)

// answers are automatic answers as the big calendars shape them.
var answers = map[string]string{
	"Outlook": `Subject: Accepted: 3.00
Content-Class: urn:content-classes:calendarmessage
Content-Type: multipart/alternative; boundary="_000_"

--_000_
Content-Type: text/plain; charset="us-ascii"


--_000_
Content-Type: text/calendar; charset="utf-8"; method=REPLY
Content-Transfer-Encoding: base64

QkVHSU46VkNBTEVOREFS
--_000_--`,
	"Google": `Subject: Accepted: 3.00 @ Tue
Content-Type: multipart/mixed; boundary="000000"

--000000
Content-Type: multipart/alternative; boundary="000001"

--000001
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes

Ann has accepted this invitation.
--000001
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
--000001--
--000000--`,
	"Apple": `Subject: Accepted: 3.00
Content-Type: multipart/alternative; boundary=Apple-Mail

--Apple-Mail
Content-Type: text/calendar;
	charset=utf-8;
	method=REPLY

BEGIN:VCALENDAR
--Apple-Mail--`,
	"at the top": `Subject: New time proposed: 3.00
content-type: TEXT/Calendar; Method="COUNTER"; charset=utf-8

BEGIN:VCALENDAR`,
}

func written(body string) ses.Incoming {
	return ses.Incoming{Envelope: ann, Raw: []byte("Received: from phone\r\nFrom: Ann Example <" + ann + ">\r\nTo: " +
		address + "\r\n" + strings.ReplaceAll(body, "\n", "\r\n") + "\r\n")}
}

func TestACalendarsOwnAnswerIsNoQuestionAndIsNotKept_7_mail(t *testing.T) {
	question := written("Subject: What do you keep?\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" +
		"Content-Type: text/plain\n\nPlease see method=REPLY in the file.\n--x\n" +
		"Content-Type: text/calendar; name=meeting.ics\n\nBEGIN:VCALENDAR\n--x--")
	for name, body := range answers {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.handled(t, s.arrives(t, written(body)))
			require.Empty(t, s.bus.events)
			s.handled(t, s.arrives(t, question))
			require.Len(t, s.bus.events, 1, "somebody who sends a file along asks a question")
		})
	}
}
