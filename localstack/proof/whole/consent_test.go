package whole_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// agreedEarlier lets it be an earlier version of the statement that somebody agreed to.
func agreedEarlier(t *testing.T, w *whole.World, c *whole.Customer, p whole.Person) {
	t.Helper()
	for _, item := range w.Dump(t, privacy.Agenda) {
		text := enginetest.Plain(item)
		if strings.HasPrefix(text["sk"], "session#") && text["pk"] == table.PersonPartition(p.Person(c)) {
			item["consent"] = &types.AttributeValueMemberS{Value: "2020-01-01"}
			w.Restore(t, privacy.Agenda, item)
		}
	}
}

// 2.consent, 13.versions: who does not want to agree to a new version can leave, the last administrator too: by
// handing the account over, or by ending it.
func TestTheLastAdministratorCanLeaveWithoutAgreeingToANewStatement_2_consent(t *testing.T) {
	ask := func(w *whole.World, who whole.Person, method, path string, body any) int {
		return w.Ask(whole.Request{Token: who.Token, Method: method, Path: path, Body: body}).Status
	}
	t.Run("by handing over", func(t *testing.T) {
		t.Parallel()
		w := whole.New(t, morning)
		c := w.NewCustomer(t, "acme.example")
		bram := c.Join(t, "bram")
		agreedEarlier(t, w, c, c.Admin)
		require.Equal(t, http.StatusForbidden, ask(w, c.Admin, "GET", "/locations", nil), "nothing else is open")
		require.Equal(t, http.StatusConflict, ask(w, c.Admin, "POST", "/me/erasure", object{"confirm": true}))
		require.Equal(t, http.StatusAccepted, ask(w, c.Admin, "PUT", "/business-account/roles",
			object{"email": bram.Email, "role": "administrator"}))
		require.Equal(t, http.StatusAccepted, ask(w, c.Admin, "POST", "/me/erasure", object{"confirm": true}))
	})
	t.Run("by ending the account", func(t *testing.T) {
		t.Parallel()
		w := whole.New(t, morning)
		c := w.NewCustomer(t, "acme.example")
		agreedEarlier(t, w, c, c.Admin)
		account := w.Ask(whole.Request{Token: c.Admin.Token, Method: "GET", Path: "/business-account"})
		require.Equal(t, http.StatusOK, account.Status)
		require.Equal(t, http.StatusAccepted, ask(w, c.Admin, "POST", "/business-account/end",
			object{"legal_name": account.Text("legal_name")}))
	})
}
