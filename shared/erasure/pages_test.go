package erasure

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/problem"
)

func TestEachPageOfAnErasureSaysWhomToAskInItsLanguage(t *testing.T) {
	r := Requests{Controller: controllertest.Example}
	for _, language := range []string{"nl", "en"} {
		var refused *problem.Error
		require.True(t, errors.As(r.lastAdministrator(language), &refused))
		for name, shown := range map[string]page.Page{"form": r.form(language), "accepted": r.accepted(language)} {
			_, body := shown.Content()
			require.Contains(t, string(body), `lang="`+language+`"`)
			require.Contains(t, string(body), controllertest.Example.Contact)
			require.NoError(t, mailtest.Keep("page erasure "+name, language, string(body)))
		}
		require.Contains(t, string(refused.Page), `lang="`+language+`"`)
		require.NoError(t, mailtest.Keep("page erasure last administrator", language, string(refused.Page)))
	}
	var refused *problem.Error
	require.True(t, errors.As(r.unknown(), &refused))
	require.NoError(t, mailtest.Keep("page erasure unknown", "both", string(refused.Page)))
}
