package whole_test

import (
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
	"strings"
)

// bodies are JSON bodies that come to success where the caller may.
var bodies = map[string]any{
	"openAccount": object{"legal_name": "New B.V.", "addresses": []string{"Kade 1"},
		"domains":       []string{"new.example"},
		"invoice":       object{"name": "New", "address": "Kade 1", "email": "invoices@new.example"},
		"administrator": object{"name": "Nina", "email": "nina@new.example", "language": "en"}, "consent": consented},
	"confirmAccount": object{"code": "0000 0000"},
	"changeAccount":  object{"legal_name": "Acme Holding"},
	"nameRole":       object{"role": "manager"},
	"confirmOfficer": object{"confirmed": true},
	"nameColleague":  object{"role": "manager"}, "confirmColleague": object{"confirmed": true},
	"endContract": object{"legal_name": "Customer of acme.example"},
	"addLocation": object{"name": "New", "address": "Kade 1", "latitude": 52.1, "longitude": 5.1,
		"time_zone": "Europe/Amsterdam"},
	"changeLocation": object{"name": "Renamed"},
	"addFloor":       object{"name": "Attic", "level": 9},
	"changeFloor":    object{"name": "Renamed"},
	"addZone":        object{"name": "Garden side"},
	"changeZone":     object{"name": "Renamed"},
	"addSpot":        object{"name": "3.99", "category": "workplace", "type": "seat", "x": 0.2, "y": 0.5},
	"changeSpot":     object{"x": 0.4},
	"tieSensor":      object{"model": "own"},
	"tryLayout":      emptied,
	"saveLayout":     emptied,
	"setFeatures":    object{"features": []object{{"name": "Hearing loop"}}},
	"setRules":       object{"limits": []object{{"for": "room", "per_week": 5}}},
	"addOutage":      object{"date": "2026-12-24", "reason": "the lamp is being mended"},
	"register": object{"name": "Nina", "email": "nina@acme.example", "language": "en",
		"consent": consented},
	"confirmRegistration":   object{"code": "0000 0000"},
	"askSignIn":             object{"email": "bram@acme.example"},
	"signIn":                object{"sign_in": strings.Repeat("a", 164), "code": "0000 0000 0000"},
	"changeProfile":         object{"objections": []string{"4.d.5"}},
	"consent":               object{"version": privacy.StatementVersion, "agreed": true, "language": "en"},
	"askAddress":            object{"email": "other@acme.example"},
	"moveAddress":           object{"email": "other@acme.example", "code": "0000 0000"},
	"addFavouriteColleague": object{"name": "Sam from the third floor"},
	"reserve":               object{"date": "2026-11-24", "from": "18:00", "to": "19:00"},
	"reserveFor":            object{"date": "2026-11-24", "from": "18:00", "to": "19:00"},
	"addGroup":              object{"name": "Development"},
	"renameGroup":           object{"name": "Development"},
	"setMember":             object{"member": true},
	"keepZone":              object{"groups": []string{}, "opens_days": 1, "opens_at": "16:00"},
	"releaseWorkplace":      object{"from": "2026-11-24", "to": "2026-11-25"},
	"decideApproval":        object{"decision": "declined"},
	"lineUp":                object{"date": "2026-11-24", "from": "18:00", "to": "19:00"},
	"goAway":                object{"from": "2026-11-24", "to": "2026-11-25", "cancel": true},
	"repeat": object{"date": "2026-11-24", "from": "18:00", "to": "19:00",
		"repeat": "FREQ=DAILY;COUNT=1"},
	"change": object{"to": "10:30"},
	"title":  object{},
	"walkUp": object{"until": "09:30"},
	"inviteGuest": object{"name": "Gus", "email": "another@visitor.example", "language": "en",
		"first": "2026-11-24", "last": "2026-11-25"},
	"changePass":     object{"objections": []string{"5.transactions"}},
	"replacePass":    object{"email": "another@visitor.example"},
	"askStaffSignIn": object{"email": "sam@operator.example"},
	"staffSignIn": object{"sign_in": strings.Repeat("a", 164), "code": "0000 0000 0000", "passkey": object{"id": "AA",
		"client_data": "AA", "authenticator_data": "AA", "signature": "AA", "user": "AA"}},
	"enrolStaff": object{"sign_in": strings.Repeat("a", 164), "code": "0000 0000 0000",
		"enrolment": strings.Repeat("a", 16), "passkey": object{"id": "AA", "client_data": "AA",
			"attestation": "AA"}},
	"addPasskey":    object{"passkey": object{"id": "AA", "client_data": "AA", "attestation": "AA"}},
	"lookAtPerson":  object{"kinds": []string{"4.a.1"}, "reason": "asked us by phone why it is gone"},
	"lookAtAccount": object{"kinds": []string{"3.a"}, "reason": "asked us by phone why it is gone"},
	"disclose": object{"kinds": []string{"4.a.1"}, "ground": "order of the court of Utrecht, case 26/1234",
		"recipient": "Public Prosecution Service"},
	"erase": object{"confirm": true},

	"endPairing": object{"code": "0000 0000", "secret": strings.Repeat("a", 32)},
	"pairAtSpot": object{}, "pairAtFloor": object{},
	"bookNow": object{"minutes": 15},
}

// emptied is a floor without anything, drawn when it was new.
var emptied = object{"revision": 1, "zones": []object{}, "spots": []object{}}

var consented = object{"version": privacy.StatementVersion, "agreed": true}

// contents are bodies that are not JSON.
var contents = map[string][]byte{
	"confirmErasure":  []byte("confirm=yes"),
	"confirmComing":   []byte("coming=yes"),
	"confirmOffer":    []byte("take=yes"),
	"confirmDecision": []byte("choice=button"),
	"sensorEvent":     []byte("{}"),
	"tryImport": []byte("location,address,latitude,longitude,time_zone\nImported,Kade " +
		"9,52.1,5.1,Europe/Amsterdam\n"),
	"import":   []byte("location,address,latitude,longitude,time_zone\nImported,Kade 9,52.1,5.1,Europe/Amsterdam\n"),
	"setPhoto": picture(9),
	"setPlan":  picture(9),
}

var queries = map[string]string{
	"removeLocation": "?on_reservations=cancel", "removeFloor": "?on_reservations=cancel",
	"removeSpot": "?on_reservations=cancel",
	"removeZone": "?on_reservations=keep", "changeSpot": "?on_reservations=keep",
	"changeFloor":       "?on_reservations=keep",
	"changeZone":        "?on_reservations=keep",
	"availability":      "?date=2026-11-24&from=09:00&to=12:00",
	"floorState":        "?date=2026-11-24&from=09:00&to=12:00",
	"agenda":            "?from=2026-11-23&to=2026-11-30",
	"cancelRange":       "?from=2026-11-23&to=2026-11-30",
	"takeBackWorkplace": "?from=2026-11-24&to=2026-11-25",
	"endAway":           "?from=2026-11-24&to=2026-11-25",
	"searchColleagues":  "?name=chen",
	"statistics":        "?from=2026-11-20&to=2026-11-20",
	"showUse":           "?from=2026-11-20&to=2026-11-20",
}

// otherwise are the answers to callers who may, where the scene has no more for them.
var otherwise = map[string]int{
	"openAccount": 202, "register": 202, // nothing more is told
	// the code is wrong
	"confirmAccount": 401, "confirmRegistration": 401, "signIn": 401, "staffSignIn": 401, "enrolStaff": 401,
	"addPasskey": 422, "moveAddress": 401,
	"endPairing":               401,
	"doorCheckIn":              409, // nobody is expected
	"sensorEvent":              401, // it isn't signed
	"coming":                   409, // nobody asked
	"tryLayout":                409, // of the floor's first version
	"saveLayout":               409,
	"erase a":                  409, // the last administrator
	"askOverview g":            409, // no address is kept to mail it to
	"emergencyList m":          404, // the user is the officer
	"emergencyList a":          404,
	"tieSensor sensor foreign": 409, // in use, and no word of where
	"change spot elsewhere":    422, // of another location
	"assignSpot email foreign": 422, // in no domain of the account, whoever has it
}

// success is the answer to a caller who may, about an id of some relation.
func success(operation api.Operation, who rune, of string) int {
	for _, name := range []string{operation.ID + " " + of, operation.ID + " " + string(who), operation.ID} {
		if status, ok := otherwise[name]; ok {
			return status
		}
	}
	if operation.Status != 0 {
		return operation.Status
	}
	if operation.Answer != nil || operation.Media != "" {
		return 200
	}
	return 204
}
