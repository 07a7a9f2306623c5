package erasure

import (
	"errors"
	"html"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/controller/controllertest"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
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
			require.Contains(t, html.UnescapeString(string(body)), WhatStays.In(language))
			require.NoError(t, mailtest.Keep("page erasure "+name, language, string(body)))
		}
		_, form := r.form(language).Content()
		for _, said := range []string{words.Text{NL: "Wat weggaat", EN: "What goes"}.In(language),
			words.Text{NL: "Wie het merkt", EN: "Who notices"}.In(language), `href="https://api.example/#/data"`} {
			require.Contains(t, string(form), said, "it says what goes and who notices, and offers the overview first")
		}
		require.Contains(t, string(refused.Page), `lang="`+language+`"`)
		require.NoError(t, mailtest.Keep("page erasure last administrator", language, string(refused.Page)))
	}
	var refused *problem.Error
	require.True(t, errors.As(r.unknown(), &refused))
	require.NoError(t, mailtest.Keep("page erasure unknown", "both", string(refused.Page)))
}

func TestTheConfirmationOfAnErasureReadsWellInBothLanguages_7_erase(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC) }
	mailtest.ReadsWell(t, "", func(in string) mail.Message {
		return Worker{Now: now}.confirmation(table.Farewell{Email: "noor@customer.example", Language: in})
	})
}
