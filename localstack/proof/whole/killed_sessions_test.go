package whole_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/limit"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
)

func TestASignInKilledAnywhereIsOneSessionInTheEnd_4_e_2(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	asked := ""
	signIn := func() whole.Request {
		return whole.Request{Method: "POST", Path: "/sessions", Key: "signing-in",
			Body: object{"sign_in": asked, "code": w.Code(bram.Email),
				"os": "Android", "os_release": "17"}}
	}
	w.Killed(t, whole.Flow{Steps: []func() error{
		mailed(w, bram.Email, func() error {
			answer := w.Ask(whole.Request{Method: "POST", Path: "/sign-ins", Body: object{"email": bram.Email}})
			asked = answer.Text("sign_in")
			return answer.Err()
		}),
		does(t, w, signIn, http.StatusCreated),
	}})
}

func TestASignOutKilledAnywhereEndsTheSession_8_security(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "DELETE", Path: "/session"}
		}, http.StatusNoContent, http.StatusUnauthorized),
	}})
	require.Equal(t, http.StatusUnauthorized, w.Ask(whole.Request{Token: bram.Token, Method: "GET",
		Path: "/me"}).Status)
}

// A date that can't be written goes with the next request, since nobody is to wait for it.
func TestTheFirstUseOfADayKilledAnywhereIsRecordedWithTheNext_4_e_1(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	w.Clock.Set(morning.AddDate(0, 0, 1))
	use := does(t, w, func() whole.Request {
		return whole.Request{Token: bram.Token, Method: "GET", Path: "/me"}
	}, http.StatusOK)
	w.Killed(t, whole.Flow{Steps: []func() error{use, use}})
	for _, at := range []string{" use date", " used"} { // of the person, and of the session that has it too
		require.Equal(t, 1, strings.Count(w.Text(t), at+" = 2026-11-24\n"), at)
	}
}

func TestAChangeOfAddressKilledAnywhereIsWholeInTheEnd_7_rectify(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	const address = "b.visser@acme.example"
	w.Killed(t, whole.Flow{Steps: []func() error{
		mailed(w, address, does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "POST", Path: "/me/email",
				Body: object{"email": address}}
		}, http.StatusAccepted)),
		does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "POST", Path: "/me/email/confirmation",
				Body: object{"email": address, "code": w.Code(address)}}
		}, http.StatusNoContent),
	}})
	counted, err := limit.Counter{Tables: w.Tables, Key: enginetest.Keys[secret.Attempts],
		Now: w.Clock.Now}.Until(t.Context(),
		limit.Mailbox(identity.Email(bram.Email)))
	require.NoError(t, err)
	require.Empty(t, counted, "nothing is known of the old address any more")
}

// picture is a PNG.
func picture(shade uint8) []byte {
	drawn := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range 8 {
		drawn.SetGray(i, i, color.Gray{Y: shade})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, drawn); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

func TestAPhotoChangedAndRemovedIsSoInTheEndWhereverItWasKilled_4_b_6(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	bram := w.NewCustomer(t, "acme.example").Join(t, "bram")
	old, fresh := picture(100), picture(250)
	put := func(content []byte) func() error {
		return does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "PUT", Path: "/me/photo", Body: content,
				Media: "image/png"}
		}, http.StatusNoContent)
	}
	require.NoError(t, put(old)())
	w.Killed(t, whole.Flow{Steps: []func() error{put(fresh)}})
	require.Len(t, w.Buckets.Versions("photos"), 1)
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "DELETE", Path: "/me/photo"}
		}, http.StatusNoContent),
	}})
	require.Empty(t, w.Buckets.Versions("photos"))
}

func TestProfileConsentFavouritesAndRolesKilledAnywhereAreWholeInTheEnd_7_rectify(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	for _, request := range []whole.Request{
		{Method: "PATCH", Path: "/me", Body: object{"phone": "+31 30 123", "department": "Design", "language": "nl"}},
		{Method: "PATCH", Path: "/me", Body: object{"objections": privacy.Objectionable()}}, // 7.object
		{Method: "POST", Path: "/me/consents", Body: object{"version": privacy.StatementVersion, "agreed": true,
			"language": "nl"}},
		{Method: "PUT", Path: "/me/favourites/spots/" + c.Desks[0]},
		{Method: "POST", Path: "/me/favourites/colleagues", Key: "naming-sam",
			Body: object{"name": "Sam from the third floor"}},
		{Token: c.Admin.Token, Method: "PUT", Path: "/business-account/roles",
			Body: object{"email": bram.Email, "role": "manager"}},
		{Token: c.Admin.Token, Method: "PUT", Path: "/business-account/officers",
			Body: object{"email": bram.Email, "confirmed": true}},
		{Token: c.Admin.Token, Method: "PATCH", Path: "/business-account",
			Body: object{"domains": []string{"acme.example", "acme-labs.example"}}},
	} {
		if request.Token == "" {
			request.Token = bram.Token
		}
		w.Killed(t, whole.Flow{Steps: []func() error{
			does(t, w, func() whole.Request { return request }, http.StatusOK, http.StatusCreated,
				http.StatusAccepted, http.StatusNoContent),
		}})
	}
}

func TestAnOverviewKilledAnywhereIsMailedInTheEnd_7_mail(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	require.NoError(t, w.Ask(whole.Request{Token: bram.Token, Method: "PUT", Path: "/me/photo", Body: picture(9),
		Media: "image/png"}).Err())
	c.Holds(t, bram, c.Desks[0], "2026-11-23", "09:00", "12:00")
	w.Killed(t, whole.Flow{
		Steps: []func() error{
			does(t, w, func() whole.Request {
				return whole.Request{Token: bram.Token, Method: "POST", Path: "/me/overview",
					Key: "overview-please"}
			}, http.StatusAccepted),
			w.Deliver,
		},
	})
}
