package screens_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAColleaguesPhotoIsSeenWhereTheyShowItAlone_4_b_6_7_shield(t *testing.T) {
	o := office(t)
	shows := o.newcomer(t, "Foto Frits", "frits@voorbeeld.example")
	var photo bytes.Buffer
	require.NoError(t, jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 64, 64)), nil))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, o.API+"/me/photo", &photo)
	require.NoError(t, err)
	r.Header.Set("Content-Type", "image/jpeg")
	r.Header.Set("Authorization", "Bearer "+shows.Token)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusNoContent, answer.StatusCode)
	p, _ := o.with(t, "Kijk Kees", "kees@voorbeeld.example")
	looks := func() {
		p.Goes("#/agenda")
		p.Goes("#/people")
		p.Fills("Find a colleague", "Foto Frits")
		p.Taps("FFFoto Frits") // the initials are seen, and not read out
		p.Sees("Let Foto Frits reserve for me")
	}
	looks()
	require.False(t, p.Has("dialog img"), "nobody's is shown before they say so")
	p.Taps("Close")
	require.NoError(t, shows.Send(t.Context(), "PATCH", "/me", map[string]any{"shield": []string{}}, nil))
	looks()
	p.Until("the photo is there", func() bool { return p.Has(`dialog img[alt="Photo of Foto Frits"]`) })
}
