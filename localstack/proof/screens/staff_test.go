package screens_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/staff"
)

const sam = "sam@iotspot.example"

// hires lets Sam look and disclose, and gives the secret with which they make their first passkey.
func hires(t *testing.T, o Office) (enrolment string) {
	t.Helper()
	today := o.Now()
	for _, order := range []staff.Order{{Do: "add", Name: "Sam Support", Language: "en"},
		{Do: "agree", Document: "Confidentiality, version 3", By: "Olga Operator",
			On:    civil.DateOf(today.AddDate(0, -1, 0), civil.UTC),
			Until: civil.DateOf(today.AddDate(1, 0, 0), civil.UTC)}, {Do: "let-disclose"}, {Do: "let-enrol"}} {
		order.Email = sam
		var err error
		enrolment, err = o.Staff(t.Context(), order)
		require.NoError(t, err)
	}
	return enrolment
}

// employs is Sam, signed in by a program.
func employs(t *testing.T, o Office) example.Client {
	t.Helper()
	who := example.Client{API: o.API, Console: o.Console}
	enrolment := hires(t, o)
	var asked struct {
		SignIn string `json:"sign_in"`
	}
	require.NoError(t, who.Send(t.Context(), "POST", "/staff/sign-ins", map[string]any{"email": sam}, &asked))
	var opened struct{ Token string }
	require.NoError(t, who.Send(t.Context(), "POST", "/staff/enrolments", map[string]any{"sign_in": asked.SignIn,
		"code": phone.MailedCode(t, o.Stack, sam), "enrolment": enrolment,
		"passkey": passkeytest.Of(o.API).Make(passkey.Of(asked.SignIn))}, &opened))
	who.Token = opened.Token
	return who
}

// atTheDoor is a phone of Sam's with a code in its field.
func atTheDoor(t *testing.T, o Office, p *phone.Phone) {
	t.Helper()
	p.Opens("/#/staff")
	p.Sees("For iotspot's own staff")
	p.Fills("Your e-mail address at iotspot", sam)
	p.Taps("Mail me a code")
	p.Sees("Look in your mail")
	p.Fills("Code", phone.MailedCode(t, o.Stack, sam))
}

func TestStaffComeInWithAPasskeyLookDiscloseAndSeeWhatIsKeptOfThem_6_confidential_5_disclosure_4_f_5(t *testing.T) {
	o := ownOffice(t)
	lu := o.newcomer(t, "Lu Looked", "lu@voorbeeld.example")
	enrolment := hires(t, o)
	p := o.phone(t)
	p.HoldsPasskeys()

	atTheDoor(t, o, p)
	p.Taps("Sign in with a passkey")
	p.Sees("No passkey was used")
	p.Taps("I have no passkey here yet, or lost them all")
	p.Fills("The secret that iotspot's operator gave you", strings.ToUpper(enrolment[:8])+" "+enrolment[8:])
	p.Taps("Make a passkey and sign in")
	p.Sees("Look at somebody's data")
	p.Taps("Sign out")
	p.Sees("You are signed out. Nothing is kept on this device.")

	atTheDoor(t, o, p)
	p.Taps("Sign in with a passkey")
	p.Sees("Look at somebody's data")
	p.Fills("Whom", "lu@voorbeeld.example")
	p.Fills("Why", "too short")
	p.Taps("Your name")
	p.Taps("Record it and look")
	p.Sees("Accepted")
	p.Fills("Why", "asked us by phone why a reservation is gone")
	p.Taps("Record it and look")
	p.Sees("Lu Looked")

	p.Taps("Customer")
	p.Sees("Look at a customer's data")
	p.Fills("Which customer", "voorbeeld.example")
	p.Fills("Why", "the invoice came back from the address")
	p.Taps("Required invoice data")
	p.Taps("Record it and look")
	p.Sees("What is kept")

	p.Taps("Disclose")
	p.Sees("Disclose as the law requires")
	p.Fills("Whose data", "lu@voorbeeld.example")
	p.Fills("To whom", "Public Prosecution Service, Utrecht")
	p.Fills("On what ground", "order of the court of Utrecht, case 26/1234")
	p.Taps("Your e-mail address")
	p.Taps("Record it and disclose")
	p.Sees("What is disclosed")

	p.Taps("Passkeys")
	p.Sees("Add a second one")
	p.Sees("you are signed in with this one")
	p.Taps("Add a passkey")
	p.Sees("There is a passkey of yours here already.")
	p.Taps("About you")
	p.Sees("What is kept of you")
	p.Sees("Sam Support")

	var kept struct {
		Kinds []struct {
			Clause string
			Values []struct{ Read map[string]string }
		}
	}
	require.NoError(t, lu.Send(t.Context(), "GET", "/me/overview", nil, &kept))
	told := ""
	for _, kind := range kept.Kinds {
		for _, value := range kind.Values {
			told += kind.Clause + " " + value.Read["en"] + "\n"
		}
	}
	require.Regexp(t, "6.confidential Sam Support looked .* asked us by phone why a reservation is gone", told)
	require.Regexp(t, "5.disclosure Sam Support disclosed .* to Public Prosecution Service, Utrecht", told)
}

func TestTheStaffsScreensAreFlawlessToAxeInBothThemesAndFitSmallPhonesAndLargeTextInBothLanguages(t *testing.T) {
	o := ownOffice(t)
	enrolment := hires(t, o)
	o.newcomer(t, "Lu Looked", "lu@voorbeeld.example")
	p := o.phone(t)
	p.HoldsPasskeys()
	for _, language := range []string{"en", "nl"} {
		p.Speaks(language)
		word := func(name string) string { return p.Word("staff/enter", name) }
		look := func(where string) {
			p.Settles()
			flawless(t, p, where+" in "+language)
			require.Empty(t, unkeyed(p), where)
		}
		p.Opens("/") // another page, so that the session that was in memory is gone
		p.Opens("/#/staff")
		p.Sees(word("title"))
		look("the door")
		p.Fills(word("email"), sam)
		p.Taps(word("mailcode"))
		p.Sees(word("codetitle"))
		p.Fills(word("code"), phone.MailedCode(t, o.Stack, sam))
		p.Taps(word("first"))
		look("the code")
		if language == "en" {
			p.Fills(word("secret"), enrolment)
			p.Taps(word("make"))
		} else {
			p.Taps(word("first"))
			p.Taps(word("signin"))
		}
		p.Sees(p.Word("screens/staff", "title.person"))
		p.Fills(p.Word("staff/look", "person"), "lu@voorbeeld.example")
		p.Fills(p.Word("staff/look", "reason"), "asked us by phone why a reservation is gone")
		p.Run(`document.querySelectorAll("fieldset input")[1].click(); ""`)
		p.Taps(p.Word("staff/look", "look"))
		p.Sees("Lu Looked")
		look("a person")
		p.Goes("#/staff/account")
		p.Sees(p.Word("screens/staff", "title.account"))
		p.Fills(p.Word("staff/look", "account"), "voorbeeld.example")
		p.Fills(p.Word("staff/look", "reason"), "the invoice came back from the address")
		p.Run(`for (const tick of document.querySelectorAll("fieldset input")) tick.click(); ""`)
		p.Taps(p.Word("staff/look", "look"))
		p.Sees("voorbeeld.example")
		p.Sees(p.Word("staff/look", "found"))
		look("a customer")
		p.Goes("#/staff/disclose")
		p.Sees(p.Word("screens/staff", "title.disclose"))
		p.Taps(p.Word("staff/disclose", "hidden"))
		look("a disclosure")
		for _, part := range []string{"keys", "me"} {
			p.Goes("#/staff/" + part)
			p.Sees(p.Word("screens/staff", "title."+part))
			look(part)
		}
	}
}
