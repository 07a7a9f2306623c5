package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

// 6.confidential
func TestTheOperatorsCommandKeepsTheListOfStaff(t *testing.T) {
	db := enginetest.New(t, time.Now())
	key, err := db.Client.Options().Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": enginetest.URL(t), "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID":     key.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY": "local", "AGENDA_TABLE": "agenda"} {
		t.Setenv(name, value)
	}
	const email = "sam@operator.example"
	does := func(arguments ...string) string {
		t.Helper()
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), arguments, &out))
		return out.String()
	}
	member := func() table.Staff {
		t.Helper()
		found, err := db.Tables().StaffMember(t.Context(), staff.Person(email))
		require.NoError(t, err)
		return found
	}
	today := civil.DateOf(time.Now(), civil.UTC)
	does("add", "-email", email, "-name", "Sam Support", "-language", "en")
	require.False(t, member().MayLook(today))
	does("agree", "-email", email, "-document", "Confidentiality 2", "-on", string(today), "-until",
		string(today.AddDays(1)), "-by", "Olga")
	require.True(t, member().MayLook(today))
	require.Contains(t, does("list"),
		`Sam Support <sam@operator.example>: may look: true, may disclose: false, agreement: "Confidentiality 2"`)
	does("let-disclose", "-email", email)
	require.True(t, member().Discloses)
	does("withdraw", "-email", email)
	require.False(t, member().MayLook(today))
	require.Regexp(t, `^[a-z2-7]{16} works once, for an hour: hand it over`, does("let-enrol", "-email", email))
	require.Contains(t, does("list"), "passkeys: 0")
	does("remove-passkeys", "-email", email)
	does("remove", "-email", email)
	require.Empty(t, does("list"))
}

func TestWhatIsNotUnderstoodIsRefusedWithWhatIs(t *testing.T) {
	t.Setenv("AGENDA_TABLE", "")
	for _, arguments := range [][]string{nil, {"add", "-mail", "x"}, {"add", "sam"}, {"agree", "-on", "yesterday"}} {
		require.Error(t, run(t.Context(), arguments, &bytes.Buffer{}))
	}
	require.ErrorContains(t, run(t.Context(), []string{"list"}, &bytes.Buffer{}), "AGENDA_TABLE is not set; accepted")
}
