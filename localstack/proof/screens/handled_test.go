package screens_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
)

// GDPR art. 5(2): once a month is over its administrator sees how many consents it had and how fast, and nobody else
// has the line.
func TestAnAdministratorSeesHowManyRequestsWereHandledInAMonthThatIsOver_5_transactions(t *testing.T) {
	o := ownOffice(t)
	for n := range 5 {
		o.newcomer(t, "Reg Istered", "reg"+strconv.Itoa(n)+"@voorbeeld.example")
	}
	month := o.Now().UTC().Format("January 2006")
	admin := o.phone(t)
	admin.Opens("/")
	admin.SignsIn(example.Administrator)
	admin.Goes("#/data")
	admin.Taps("Requests in your organisation, by month")
	admin.Sees("No month yet with a number of five or more.")
	admin.Close()

	require.NoError(t, o.Move(33*24*time.Hour)) // over, and a day
	admin = o.phone(t)
	admin.Opens("/")
	admin.SignsIn(example.Administrator)
	admin.Goes("#/data")
	admin.Taps("Requests in your organisation, by month")
	admin.Sees(month)
	admin.Sees("Consent")
	admin.Sees("within a minute")
	admin.Resize(320, 640)
	for _, theme := range []string{"light", "dark"} {
		admin.Theme(theme)
		require.Empty(t, audit(admin), theme)
		fits(t, admin, "the counts in "+theme)
	}
	user, _ := o.with(t, "Una User", "una@voorbeeld.example")
	user.Goes("#/data")
	user.Sees("Mail me everything")
	require.False(t, user.Shows("Requests in your organisation"))
}
