package screens_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/phone"
)

func TestMyDataChangesHidesAndObjectsWhereAnItemStands_7_view_7_rectify_7_shield_7_object(t *testing.T) {
	o := office(t)
	p, _ := o.with(t, "Dee Data", "dee@voorbeeld.example")
	p.Goes("#/data")
	p.Sees("dee@voorbeeld.example")
	p.Taps("Add: Your job title")
	p.Fills("Your job title", "Gardener")
	p.Taps("Save")
	p.Sees("Gardener")
	p.Taps("Show: Your job title")
	p.Until("it is shown", func() bool { return p.Has(`[aria-label="Hide: Your job title"]`) })
	p.Taps("Object: The operating system, with its version, of the device that you used last")
	p.Sees("You have objected")
	p.Taps("Put my reservations into my calendar by e-mail")
	p.Sees("Saved")

	p.Taps("Change: Your e-mail address")
	p.Fills("New e-mail address", "dee.data@voorbeeld.example")
	p.Taps("Mail me a code")
	p.Fills("Code", "0000 0000")
	p.Taps("This is my address")
	p.Sees("That code is wrong or has expired")
	require.True(t, p.Has("nav"), "a wrong code ends no session")
	p.Fills("Code", p.Code("dee.data@voorbeeld.example"))
	p.Taps("This is my address")
	p.Until("the sheet is gone", func() bool { return !p.Has("dialog[open]") })
	p.Sees("dee.data@voorbeeld.example")

	var me struct {
		JobTitle   string `json:"job_title"`
		Email      string
		Shield     []string
		Objections []string
		Mails      bool `json:"calendar_mails"`
	}
	moved := o.signIn(t, "dee.data@voorbeeld.example") // the other sessions ended with the old address
	require.NoError(t, moved.Send(t.Context(), "GET", "/me", nil, &me))
	require.Equal(t, []string{"Gardener", "dee.data@voorbeeld.example"}, []string{me.JobTitle, me.Email})
	require.NotContains(t, me.Shield, "4.b.2")
	require.Contains(t, me.Objections, "4.d.5")
	require.True(t, me.Mails)

	p.Taps("Mail me everything")
	p.Sees("The overview is on its way")
	p.Until("it comes", func() bool { return len(o.Mailbox.To("dee.data@voorbeeld.example")) > 1 })
}

func TestAPhotoIsDrawnAnewOnTheDeviceAndCanBeCleared_4_b_6(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Pho To", "pho@voorbeeld.example")
	var taken bytes.Buffer
	require.NoError(t, jpeg.Encode(&taken, image.NewGray(image.Rect(0, 0, 1600, 1200)), nil))
	where := []byte("\xff\xe1\x00\x10Exif\x00\x00position") // as a camera writes it behind the first marker
	content := append(append(bytes.Clone(taken.Bytes()[:2]), where...), taken.Bytes()[2:]...)
	file := filepath.Join(t.TempDir(), "photo.jpg")
	require.NoError(t, os.WriteFile(file, content, 0o600))
	sent := make(chan int64, 1)
	p.Meets(func(stack http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut {
				sent <- r.ContentLength
			}
			stack.ServeHTTP(w, r)
		})
	})
	p.Goes("#/data")
	p.Taps("Add: Your profile photo")
	p.Uploads(file)
	p.Until("it is shown", func() bool { return p.Has(".photo") })
	p.Taps("Save")
	p.Until("it is kept", func() bool { return p.Has(`[aria-label="Change: Your profile photo"]`) })
	require.Less(t, <-sent, int64(30_000), "made smaller before it was sent")
	require.NoError(t, client.Send(t.Context(), "DELETE", "/me/photo", nil, nil))
}

func TestMyDataSaysWhatTheDeviceKeepsAndEndsSingleSessions_8_security_9_cache(t *testing.T) {
	o := office(t)
	p, client := o.with(t, "Ses Sion", "ses@voorbeeld.example")
	kept := func() string { return p.Run("String(localStorage.length)") }
	p.Goes("#/data")
	p.Sees("Nothing is kept on this device")
	require.Equal(t, "0", kept())
	p.Taps("Stay signed in on this device")
	p.Sees("A key is kept on this device")
	require.Equal(t, "2", kept(), "the key and the language")
	p.Opens("/")
	p.Sees("Good morning, Ses")
	p.Goes("#/data")
	p.Taps("Stay signed in on this device")
	p.Sees("Nothing is kept on this device")
	require.Equal(t, "0", kept())

	require.NoError(t, client.Send(t.Context(), "GET", "/me", nil, nil))
	p.Taps("End: Signed in on")
	p.Sees("That session is over")
	require.ErrorContains(t, client.Send(t.Context(), "GET", "/me", nil, nil), "401")
	p.Taps("Sign out")
	p.Sees("You are signed out. Nothing is kept on this device.")
}

func TestAnErasureIsTwoTapsAndAConfirmationAfterWhichTheDeviceKnowsNothing_7_erase(t *testing.T) {
	o := office(t)
	p := phone.New(t, o.Stack, "")
	p.Registers("Zoë Verdwijnt", "zoe@voorbeeld.example")
	p.Taps("Reserve, ")
	p.Sees("is yours")
	p.Goes("#/data")
	p.Taps("Stay signed in on this device")
	p.Sees("A key is kept")
	token := p.Run(`localStorage.getItem("iotspot.session")`)
	p.Taps("Erase everything…")
	p.Sees("Within a minute your data is gone")
	p.Taps("Erase everything")
	p.Sees("Your data is being erased")
	require.NotContains(t, p.Run("document.documentElement.outerHTML"), "Zoë")
	require.Equal(t, "0", p.Run("String(localStorage.length + sessionStorage.length)"))
	p.Close()
	require.Empty(t, p.Keeps("zoe@voorbeeld.example", "Zoë Verdwijnt", "Verdwijnt", token, token[:32], token[32:]))
}
