package screens_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/proof/phone"
	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

// administers is an administrator's phone at a part of the administration, to which they come by the list.
func (o Office) administers(t testing.TB, part string) *phone.Phone {
	t.Helper()
	p := o.phone(t)
	p.Opens("/")
	p.SignsIn(example.Administrator)
	p.Sees("Good morning")
	p.Taps("Administration")
	p.Sees("The organisation")
	p.Taps(part)
	p.Until("the part is there", func() bool { return read(p, `document.querySelector("h1").innerText`) == part })
	return p
}

func TestAnAdministratorGivesARoleConfirmsAnOfficerAndSeesOnlyWhoShowsIt_4_b_4_4_d_1_7_shield(t *testing.T) {
	o := ownOffice(t)
	const evil = `<img src=x onerror="document.title='taken over'">`
	bea := o.newcomer(t, "Bea "+evil, "bea@voorbeeld.example")
	hugo := o.newcomer(t, "Hugo Hider", "hugo@voorbeeld.example")
	require.NoError(t, bea.Send(t.Context(), "PATCH", "/me",
		map[string]any{"emergency_officer": true, "shield": []string{}}, nil))
	require.NoError(t, hugo.Send(t.Context(), "PATCH", "/me", map[string]any{"emergency_officer": true}, nil))
	p := o.administers(t, "Roles and leavers")
	p.Sees("To be confirmed")
	p.Taps("Confirm: Bea ")
	p.Sees("is confirmed")
	require.NotEqual(t, "taken over", p.Run("document.title"))
	require.False(t, p.Shows("Hugo"), "he hides that he is one, and has no role")

	p.Taps("Give a role by address")
	p.Chooses("Role", "manager")
	p.Fills("E-mail address", "hugo")
	p.Taps("Give the role")
	p.Sees("Is not well-formed. Accepted: an e-mail address.")
	p.Fills("E-mail address", "nobody@voorbeeld.example")
	p.Taps("Give the role")
	p.Sees("Done, if anybody of yours has this address")
	p.Fills("E-mail address", "hugo@voorbeeld.example")
	p.Taps("Give the role")
	p.Sees("Hugo Hider")
	p.Taps("Change: Hugo Hider")
	p.Chooses("Role", "user")
	p.Taps("Save")
	p.Until("he is a user again", func() bool { return !p.Shows("Change: Hugo Hider") && !p.Has("dialog[open]") })
	p.Taps("Change: Ada Voorbeeld")
	p.Chooses("Role", "user")
	p.Taps("Save")
	p.Sees("This is the last administrator")
}

func TestWhoHasLeftIsErasedByAnAddressThatIsTypedAfterOneQuestion_7_erase(t *testing.T) {
	o := ownOffice(t)
	lea := o.newcomer(t, "Lea Leaver", "lea@voorbeeld.example")
	p := o.administers(t, "Roles and leavers")
	p.Taps("End a registration")
	p.Run(`[...document.querySelectorAll("details[open] input")].at(-1).focus(); ""`)
	p.Types("lea@voorbeeld.example")
	p.Taps("End the registration")
	p.Sees("Erase everything of who has this address?")
	require.NoError(t, lea.Send(t.Context(), "GET", "/me", nil, nil), "nothing has happened yet")
	p.Run(`document.querySelector("dialog .button.stop").click(); ""`)
	p.Sees("Ended, if anybody of yours had this address")
	p.Until("she is gone", func() bool { return lea.Send(t.Context(), "GET", "/me", nil, nil) != nil })
}

func TestADomainIsProvedWhileThePageLooksOnAndGivenUpAgain_3_d(t *testing.T) {
	o := ownOffice(t)
	p := o.administers(t, "E-mail domains")
	p.Sees("Proved")
	p.Fills("Domain", "gmail.com")
	p.Taps("Add")
	p.Sees("public mail provider")
	p.Fills("Domain", "second.example")
	p.Taps("Add")
	p.Sees("Not proved yet")
	p.Taps("Look whether it is there")
	p.Sees("DNS has no TXT record of this name yet")
	record := func(n int) string {
		return p.Run(`document.querySelectorAll("code")[` + strconv.Itoa(n) + `].innerText`)
	}
	require.Equal(t, "_iotspot-challenge.second.example", record(0))
	console := example.Client{API: o.Console}
	require.NoError(t, console.Send(t.Context(), "POST", "/dns",
		map[string]any{"name": record(0), "txt": []string{record(1)}}, nil))
	p.Taps("We look each half minute. Look now")
	p.Sees("second.example is proved")
	p.Until("the record is shown no more", func() bool { return !p.Has("code") })
	p.Taps("Give up second.example")
	p.Run(`document.querySelector("dialog .button.stop").click(); ""`)
	p.Sees("second.example is given up")
	require.Equal(t, "1", p.Run(`String(document.querySelectorAll("section.card").length)`))
}

func TestAnAdministratorShowsAGuestOutWhoeverInvitedThem_4_d_3(t *testing.T) {
	o := ownOffice(t)
	host := o.newcomer(t, "Hester Host", "hester@voorbeeld.example")
	_, pass := o.invitesIn(t, "en", host, "Gus Visitor", "gus@visitor.example")
	p := o.administers(t, "Guests of the building")
	p.Sees("Gus Visitor")
	require.False(t, p.Shows("Hester"), "by whom they are invited is not told")
	p.Taps("End: Gus Visitor")
	p.Sees("End the access of Gus Visitor?")
	p.Run(`document.querySelector("dialog .button.stop").click(); ""`)
	p.Sees("There are no guests")
	gus := example.Client{API: o.API, Token: pass[strings.LastIndex(pass, "/")+1:]}
	require.Error(t, gus.Send(t.Context(), "GET", "/me/pass", nil, nil))
}

func TestTheContractIsChangedAndItsEndTakesTheExactNameAndEverything_3_a_3_j(t *testing.T) {
	o := ownOffice(t)
	p := o.administers(t, "Contract")
	p.Taps("Change")
	p.Fills("Time zone", "Europe/Nowhere")
	p.Taps("Save")
	p.Sees("Is not an IANA time zone")
	p.Fills("Time zone", "Europe/Brussels")
	p.Fills("Reference", "PO 4711")
	p.Taps("Save")
	p.Sees("PO 4711")
	p.Taps("End the contract")
	p.Fills("Type the name: Voorbeeld Kantoren B.V.", "voorbeeld")
	p.Run(`document.querySelector("dialog button[type=submit]").click(); ""`)
	p.Until("it is refused at the field", func() bool { return p.Has("dialog input[aria-invalid=true]") })
	p.Fills("Type the name: Voorbeeld Kantoren B.V.", "Voorbeeld Kantoren B.V.")
	p.Run(`document.querySelector("dialog button[type=submit]").click(); ""`)
	p.Sees("within a minute it is gone")
	require.Error(t, o.admin.Send(t.Context(), "GET", "/business-account", nil, nil))
}

func TestEachLookOfTheOperatorsStaffIsShownWithItsReason_6_confidential(t *testing.T) {
	o := ownOffice(t)
	hires(t, o)
	ada, _ := bearer.Named(o.admin.Token)
	require.NoError(t, table.New(o.Tables(), engine.Names(), o.Now).RecordAccountLook(t.Context(), staff.Person(sam),
		ada.Business, table.Look{ID: secret.ID(), By: "Sam Support", Kinds: []privacy.Clause{"3.j"},
			Reason: "the invoice came back from the address", LookedAt: o.Now()}))
	p := o.administers(t, "Who of iotspot looked")
	p.Sees("Sam Support")
	p.Sees("the invoice came back from the address")
	p.Sees("required invoice data")
}

func TestAManagerFindsTheBuildingAlone_8_security(t *testing.T) {
	o := office(t)
	o.newcomer(t, "Mona Manager", "mona@voorbeeld.example")
	require.NoError(t, o.admin.Send(t.Context(), "PUT", "/business-account/roles",
		map[string]any{"email": "mona@voorbeeld.example", "role": "manager"}, nil))
	p := o.phone(t)
	p.Opens("/")
	p.SignsIn("mona@voorbeeld.example")
	p.Taps("Administration")
	p.Sees("The building")
	require.False(t, p.Shows("The organisation"))
	p.Goes("#/admin/contract")
	p.Sees("The building")
	require.False(t, p.Shows("End the contract"))

	p, _ = o.with(t, "Ulla User", "ulla@voorbeeld.example")
	require.False(t, p.Shows("Administration"))
	p.Goes("#/admin")
	p.Sees("This is for who manages the building")
}

// administration are the parts of it.
var administration = []string{"#/admin", "#/admin/people", "#/admin/guests", "#/admin/domains", "#/admin/contract",
	"#/admin/looks", "#/admin/sensors", "#/admin/import", "#/admin/locations"}

func TestTheAdministrationIsFlawlessToAxeInBothThemesAndFitsSmallPhonesAndLargeTextInBothLanguages(t *testing.T) {
	o := ownOffice(t)
	bea := o.newcomer(t, strings.Repeat("Allerlangstenaam", 8), "bea@voorbeeld.example")
	require.NoError(t, bea.Send(t.Context(), "PATCH", "/me",
		map[string]any{"emergency_officer": true, "shield": []string{}}, nil))
	o.invitesIn(t, "en", bea, "Gus Visitor", "gus@visitor.example")
	require.NoError(t, o.admin.Send(t.Context(), "PATCH", "/business-account",
		map[string]any{"domains": []string{"voorbeeld.example", "second.example"}}, nil))
	for _, language := range []string{"en", "nl"} {
		reads(t, o.admin, language)
		p := o.phone(t)
		p.Speaks(language)
		p.Opens("/")
		p.SignsIn(example.Administrator)
		for _, at := range administration {
			p.Goes(at)
			p.Settles()
			p.Run(`document.querySelectorAll("details").forEach((d) => { d.open = true }); ""`)
			flawless(t, p, at+" in "+language)
			require.Empty(t, unkeyed(p), at)
		}
	}
}
