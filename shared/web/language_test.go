package web

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/problem"
)

func TestAProblemIsToldInTheLanguageThatIsPreferredWithAHintForPrograms(t *testing.T) {
	for accepted, language := range map[string]string{"": "en", "nl": "nl", "nl-NL,nl;q=0.9,en;q=0.8": "nl",
		"en-GB,en;q=0.9,nl;q=0.5": "en", "de, nl;q=0.4": "nl", "fr": "en", "*": "en", "nl;q=x": "en", "nl;q=0": "en"} {
		request := Request{Headers: map[string]string{"accept-language": accepted}}
		require.Equal(t, language, languageOf(request), "%q", accepted)
		refused := refuse(problem.New(problem.Conflict, "the spot is taken now"), languageOf(request))
		require.Equal(t, language, refused.Headers["Content-Language"])
		var told map[string]any
		require.NoError(t, json.Unmarshal([]byte(refused.Body), &told))
		require.Equal(t, map[string]string{"nl": "de plek is nu bezet", "en": "the spot is taken now"}[language],
			told["detail"])
		require.Equal(t, "the spot is taken now", told["hint"])
	}
}

func TestAFaultOfOursIsToldInTheLanguageThatIsPreferred(t *testing.T) {
	for language, title := range map[string]string{"nl": "Er ging iets mis bij ons",
		"en": "Something went wrong on our side"} {
		answer, err := Handler(nil)(t.Context(), Request{Headers: map[string]string{"accept-language": language}})
		require.NoError(t, err)
		require.Equal(t, language, answer.Headers["Content-Language"], "also where nothing is served")
		answer = fail(language)
		require.Equal(t, 500, answer.StatusCode)
		require.Equal(t, language, answer.Headers["Content-Language"])
		require.Contains(t, answer.Body, title)
		require.Contains(t, answer.Body, `"hint":"the request failed;`)
	}
}
