package whole_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
)

// allowed is all that anybody may do: one line for each operation of the OpenAPI document. What is not said here is
// answered as something that does not exist.
//
//   - who: u user, m location manager, a customer administrator, g guest on a permitted day, i guest on another day, s the
//     operator's staff, d a display at a room's door; - is anybody, without a session.
//   - earlier: "yes" lets in who consented to an earlier version of the statement alone (2.consent).
//   - what: each id that the caller names, with those that open beside one that was never given to anything: own (the
//     caller's or, of buildings, their account's), elsewhere (at another location of their account), colleague (another
//     person's of their account). Letters after a colon say for whom. Nothing of another customer's, removed, erased or
//     expired ever opens, so there is no word for those; but staff belong to no customer, and look at anybody. "all" opens
//     whatever it is, since it says nothing about it.
const allowed = `
operation               who    earlier  what
openAccount             -
confirmAccount          -               opening=
account                 a      yes
accountLooks            a
changeAccount           a
proveDomain             a               domain=own
nameRole                a      yes      email=all
confirmOfficer          a               email=all
roles                   a
nameColleague           a               colleague=own
officers                a
confirmColleague        a               colleague=own
endLeaver               a               email=all
endContract             a      yes
locations               umag
addLocation             ma
location                umag            location=own,elsewhere:uma
changeLocation          ma              location=own,elsewhere
removeLocation          ma              location=own,elsewhere
addFloor                ma              location=own,elsewhere
floor                   umag            floor=own,elsewhere:uma
changeFloor             ma              floor=own,elsewhere
removeFloor             ma              floor=own,elsewhere
setPlan                 ma              floor=own,elsewhere
plan                    umag            floor=own,elsewhere:uma
removePlan              ma              floor=own,elsewhere
addZone                 ma              floor=own,elsewhere
changeZone              ma              floor=own zone=own
removeZone              ma              floor=own zone=own
addSpot                 ma              floor=own,elsewhere
spot                    umag            spot=own,elsewhere:uma
changeSpot              ma              spot=own,elsewhere
removeSpot              ma              spot=own,elsewhere
tryLayout               ma              floor=own,elsewhere
saveLayout              ma              floor=own,elsewhere
tieSensor               ma              spot=own,elsewhere sensor=all
untieSensor             ma              spot=own sensor=own
sensors                 ma              location=own,elsewhere
features                umag
setFeatures             ma
rules                   umag            location=own,elsewhere:uma
setRules                ma              location=own,elsewhere
holidays                ma              country=all year=all
outages                 umag            location=own,elsewhere:uma
addOutage               ma              floor=own,elsewhere
endOutage               ma              floor=own outage=own
sensorEvent             -
import                  ma
tryImport               ma
register                -
confirmRegistration     -               registration=
askSignIn               -
signIn                  -
signOut                 uma    yes
signOutEverywhere       uma    yes
endSession              uma    yes      session=all
profile                 uma    yes
changeProfile           uma    yes
consent                 umag   yes
removeRecord            umagi           record=all
askAddress              uma
moveAddress             uma
setPhoto                uma
photo                   uma    yes
removePhoto             uma
favourites              uma    yes
addFavouriteSpot        uma             spot=own,elsewhere
removeFavouriteSpot     uma             spot=all
addFavouriteColleague   uma
removeFavouriteColleague uma            colleague=all
searchColleagues        uma
colleague               uma             colleague=own
colleaguePhoto          uma             colleague=own
whoIsIn                 uma             location=own,elsewhere
emergencyList           uma             location=own,elsewhere
availability            umag            floor=own,elsewhere:uma
reserve                 umag            spot=own,elsewhere:uma
repeat                  umag            spot=own,elsewhere:uma
reservation             umag            reservation=own
change                  umag            reservation=own spot=own,elsewhere:uma
cancel                  umag            reservation=own
title                   umag            reservation=own
agenda                  umag
cancelRange             umag
assignSpot              a               spot=own,elsewhere email=all
unassignSpot            a               spot=own,elsewhere
groups                  ma
addGroup                a
renameGroup             a               group=own
removeGroup             a               group=all
setMember               a               group=own email=all
leaveGroup              uma    yes      group=all
groupZones              umag            location=own,elsewhere:uma
keepZone                ma              floor=own zone=own
workplaces              uma
releaseWorkplace        uma             workplace=own
takeBackWorkplace       uma             workplace=own
endWorkplace            uma    yes      workplace=all
goAway                  uma
endAway                 uma
delegation              uma
allowDelegate           uma             colleague=own
endDelegate             uma    yes      colleague=all
endActing               uma    yes      colleague=all
agendaFor               uma             principal=own
reserveFor              uma             principal=own spot=own,elsewhere
cancelFor               uma             principal=own held=own
floorState              umag            floor=own,elsewhere:uma
spotDay                 umag            spot=own,elsewhere:uma
today                   umag
access                  umag
feed                    uma
makeFeed                uma
endFeed                 uma    yes
readFeed                -               feed=all
reservationFile         umag            reservation=own
checkIn                 umag            reservation=own
retract                 umag            reservation=own
release                 umag            reservation=own
walkUp                  umag            spot=own,elsewhere:uma
inviteGuest             uma             location=own,elsewhere
guests                  uma
endGuest                uma             guest=own
visitors                a
endVisitor              a               visitor=own
replacePass             uma             guest=own
viewPass                gi     yes
changePass              gi     yes
statistics              ma              location=own,elsewhere
showUse                 ma              location=own,elsewhere
requestsHandled         a
overview                umagi  yes
askOverview             umag   yes
erase                   umagi  yes
coming                  umag            reservation=own
openComing              -               question=own
confirmComing           -               question=own
lineUp                  uma             floor=own,elsewhere
showLine                uma
leaveLine               uma             place=own
takeOffer               uma             reservation=own
openOffer               -               offer=own
confirmOffer            -               offer=own
listApprovals           uma
decideApproval          uma             request=own
openDecision            -               decision=own
confirmDecision         -               decision=own
openErasure             -               link=own
confirmErasure          -               link=own
shareSpot               -               spot=all
askStaffSignIn          -
staffSignIn             -
enrolStaff              -
staffSignOut            s      yes
listPasskeys            s      yes
offerPasskey            s      yes
addPasskey              s      yes
removePasskey           s      yes      passkey=all
staffOverview           s      yes
lookAtPerson            s      yes      email=anybody
lookAtAccount           s      yes      domain=anybody
disclose                s      yes      email=anybody
usageTag                uma             page=all
statement               -
statementVersion        -
openApp                 -
appWorker               -
appFile                 -               file=own
beginPairing            -
endPairing              -
pairAtSpot              a               spot=own,elsewhere code=own
pairAtFloor             a               floor=own,elsewhere code=own
displays                a
revokeDisplay           a               display=all
display                 d      yes
displayImage            d      yes
bookNow                 d      yes
endNow                  d      yes
doorCheckIn             d      yes
openapi                 -
reference               -
`

// everyone are the callers' letters.
const everyone = "umagisd"

// A rule is a line of the table.
type rule struct {
	who     string
	earlier bool
	refs    []string          // the names of ids, in order
	opens   map[string]string // "spot own" → for whom; "spot all" opens any
}

func (r rule) public() bool { return r.who == "-" }

// lets reports whether an id of this kind opens to a caller.
func (r rule) lets(who rune, ref, target string) bool {
	if target == "own" || target == "foreign" {
		if whom := r.opens[ref+" anybody"]; strings.ContainsRune(whom, who) {
			return true
		}
	}
	for _, opening := range []string{ref + " all", ref + " " + target} {
		if whom, ok := r.opens[opening]; ok && (r.public() || strings.ContainsRune(whom, who)) {
			return true
		}
	}
	return false
}

// kinds are those of callers whose tokens are alike: members, guests, staff and displays.
var kinds = []string{"uma", "gi", "s", "d"}

// ahead are operations that read on the ids of a claim while it is proved, with all that is then read.
var ahead = map[string]string{"agenda": "GetItem Query", "availability": "GetItem Query",
	"floorState": "GetItem Query", "reserve": "GetItem GetItem Query"}

// looks are the calls by which it is found out who is calling: none where the operation is for nobody of their kind.
func (r rule) looks(operation api.Operation, who rune) string {
	for _, kind := range kinds {
		if strings.ContainsRune(kind, who) && !strings.ContainsAny(r.who, kind) {
			return ""
		}
	}
	if calls, ok := ahead[operation.ID]; ok {
		return calls
	}
	return "GetItem"
}

// bearerOf is a letter of the kind of callers that has such tokens.
func bearerOf(token string) rune {
	switch {
	case strings.HasPrefix(token, identity.Operator):
		return 's'
	case len(token) == 65 && token[0] == 'd':
		return 'd'
	case len(token) == 65:
		return 'g'
	}
	return 'u'
}

func rules(t *testing.T) map[string]rule {
	t.Helper()
	all := map[string]rule{}
	for _, line := range strings.Split(strings.TrimSpace(allowed), "\n")[1:] {
		words := strings.Fields(line)
		r := rule{who: words[1], opens: map[string]string{}}
		rest := words[2:]
		if len(rest) > 0 && rest[0] == "yes" {
			r.earlier, rest = true, rest[1:]
		}
		for _, of := range rest {
			ref, targets, ok := strings.Cut(of, "=")
			require.True(t, ok, line)
			r.refs = append(r.refs, ref)
			for _, target := range strings.Split(targets, ",") {
				target, whom, some := strings.Cut(target, ":")
				if !some {
					whom = r.who
				}
				r.opens[ref+" "+target] = whom
			}
		}
		require.NotContains(t, all, words[0], "two lines")
		all[words[0]] = r
	}
	return all
}

// TestTheTableOfWhatIsAllowedHasNoWordForAnotherCustomers keeps mistakes out of the table.
func TestTheTableOfWhatIsAllowedHasNoWordForAnotherCustomers(t *testing.T) {
	for operation, r := range rules(t) {
		require.True(t, r.public() || strings.Trim(r.who, everyone) == "", operation)
		for opening := range r.opens {
			_, target, _ := strings.Cut(opening, " ")
			require.True(t, slices.Contains([]string{"", "all", "own", "elsewhere", "colleague"}, target) ||
				target == "anybody" && r.who == "s", "%s: %s", operation, opening)
		}
	}
}
