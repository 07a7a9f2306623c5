package problem

import "github.com/iotspot/iotspot/shared/words"

// again is for a request that comes again with other contents, which only a program can bring about.
var again = words.Text{NL: "dit is al eerder gevraagd, op een andere manier; probeer het opnieuw",
	EN: "this was asked before, in another way; try again"}

// broken is for a request that only a program can get wrong.
var broken = words.Text{NL: "de app stuurde iets wat we niet kunnen lezen; probeer het opnieuw",
	EN: "the app sent something that we can't read; try again"}

// busy is for whatever passes by itself.
var busy = words.Text{NL: "het is nu druk; probeer het zo nog eens", EN: "it is busy now; try again in a moment"}

// sentences are what people are told of the details that rooms give. A detail without an English sentence is one by
// itself. A test holds that each is used, and that what rooms say is here.
var sentences = map[string]words.Text{
	"at most %d colleagues can act for you": {NL: "hooguit %d collega's kunnen voor jou reserveren"},
	"there is no reservation here that can be checked in now": {
		NL: "er is hier nu geen reservering om in te checken"},
	"all codes are in use":                        busy,
	"nobody waits for an answer whether you come": {NL: "we wachten niet (meer) op antwoord of je komt"},
	"there is nothing here for you":               {NL: "dit bestaat niet (meer), of niet voor jou"},
	"this needs an open session: sign in":         {NL: "meld je aan om verder te gaan", EN: "sign in to go on"},
	"the current version of the privacy statement has not been consented to": {
		NL: "eerst is je toestemming voor de nieuwe privacyverklaring nodig",
		EN: "your consent to the new privacy statement is needed first"},
	"explicit consent to the current version of the privacy statement is needed; nothing was stored": {
		NL: "je toestemming voor de huidige privacyverklaring is nodig; er is niets bewaard"},
	"the code is wrong, used or expired; ask for a new one": {
		NL: "de code klopt niet, is al gebruikt of te oud; vraag een nieuwe aan"},
	"the code or the passkey is wrong, used or expired; ask for a new code": {
		NL: "de code of de passkey klopt niet, is al gebruikt of te oud; vraag een nieuwe code aan"},
	"no e-mail address is kept of a guest, so nothing can be mailed; GET /me/overview answers the same": {
		NL: "van een gast bewaren we geen e-mailadres, dus we kunnen niets mailen; je ziet alles in de app",
		EN: "no e-mail address is kept of a guest, so nothing can be mailed; you see everything in the app"},
	"the overview is mailed at most once an hour": {NL: "het overzicht mailen we hooguit één keer per uur"},
	"this is the last administrator: name another one first": {
		NL: "dit is de laatste beheerder; wijs eerst een ander aan"},
	"this is you: end your own registration in your settings": {
		NL: "dit ben jij zelf; je eigen registratie beëindig je bij je gegevens"},
	"you are the last administrator of the business account: name another one first, or end the account with POST " +
		"/business-account/end": {
		NL: "je bent de laatste beheerder van het bedrijfsaccount; wijs eerst een ander aan of beëindig het account",
		EN: "you are the last administrator of the business account; name another one first, or end the account"},
	"this address is registered already: sign in with it": {
		NL: "dit e-mailadres is al geregistreerd; meld je ermee aan"},
	"this address is registered already with another business account": {
		NL: "dit e-mailadres is al geregistreerd bij een ander bedrijfsaccount"},
	"this address can't be used any more: ask again": {NL: "dit e-mailadres kan niet meer; vraag het opnieuw aan"},
	"%d favourites of a kind are the most":           {NL: "je kunt hooguit %d favorieten van een soort bewaren"},
	"the spot is a colleague's own, who has not given it free then": {
		NL: "deze plek is van een collega, die haar dan niet heeft vrijgegeven"},
	"this is somebody's workplace: end that first": {NL: "deze plek is iemands werkplek: beëindig dat eerst"},
	"the spot is taken during that time":           {NL: "de plek is in die tijd bezet"},
	"the spot needs approval first: reserve it, and wait until it is given": {
		NL: "voor deze plek is eerst goedkeuring nodig: reserveer haar, en wacht tot die er is"},
	"this is decided already, or its time is over": {NL: "hierover is al beslist, of de tijd ervoor is voorbij"},
	"neither of the two buttons was pressed":       broken,
	"the spot is taken now":                        {NL: "de plek is nu bezet"},
	"the spot is taken before that":                {NL: "de plek is daarvoor al bezet"},
	"somebody has the spot too soon":               {NL: "iemand heeft de plek al snel hierna"},
	"you have another workplace during that time; change or cancel that one first": {
		NL: "je hebt in die tijd een andere werkplek; wijzig of annuleer die eerst"},
	"you have as many reservations on that day as this location allows (%d)": {
		NL: "je hebt op die dag al zoveel reserveringen als deze locatie toestaat (%d)"},
	"the reservation has ended already": {NL: "de reservering is al voorbij"},
	"the reservation has ended and can't be changed": {NL: "de reservering is voorbij en kan niet meer worden " +
		"gewijzigd"},
	"the reservation has ended and can't be cancelled": {NL: "de reservering is voorbij en kan niet meer worden " +
		"geannuleerd"},
	"the reservation has ended and can't be checked in": {NL: "de reservering is voorbij; inchecken kan niet meer"},
	"the reservation has not begun; cancel it instead":  {NL: "de reservering is nog niet begonnen; annuleer haar"},
	"the reservation is checked in, so its spot and its beginning stay; release it and reserve anew": {
		NL: "je bent al ingecheckt, dus de plek en het begin staan vast; geef de plek terug en reserveer opnieuw"},
	"the spot was given back, since nobody came, and somebody has had it since": {
		NL: "er kwam niemand, dus de plek is vrijgegeven, en iemand anders heeft haar nu"},
	"the spot was given back, since nobody came, and you have another workplace now": {
		NL: "er kwam niemand, dus de plek is vrijgegeven, en je hebt nu een andere werkplek"},
	"the business account has not proved any of its e-mail domains yet; guests can be invited once it has": {
		NL: "je organisatie heeft haar e-maildomein nog niet bewezen; daarna kun je gasten uitnodigen"},
	"the mail could not be sent; the same request can safely be sent again": {
		NL: "de e-mail kon niet worden verstuurd; probeer het opnieuw",
		EN: "the e-mail could not be sent; try again"},
	"there are reservations that this concerns; on_reservations=cancel cancels them and tells their owners by mail": {
		NL: "er zijn reserveringen die dit raakt; annuleer die eerst, dan krijgen de mensen een e-mail",
		EN: "there are reservations that this concerns; cancel them first, and their people get an e-mail"},
	"somebody else changed this floor meanwhile": {NL: "iemand anders heeft deze verdieping intussen gewijzigd"},
	"there is %s of that name already": {NL: "die naam is al in gebruik",
		EN: "that name is in use already"},
	"a floor holds at most %d zones":              {NL: "een verdieping heeft hooguit %d zones"},
	"a floor holds at most %d spots":              {NL: "een verdieping heeft hooguit %d plekken"},
	"a location holds at most %d floors":          {NL: "een locatie heeft hooguit %d verdiepingen"},
	"a location holds at most %d zones of groups": {NL: "een locatie heeft hooguit %d zones van groepen"},
	"an account holds at most %d groups":          {NL: "een bedrijfsaccount heeft hooguit %d groepen"},
	"a location holds at most %d outages":         {NL: "een locatie heeft hooguit %d onderbrekingen"},
	"an account holds at most %d locations":       {NL: "een bedrijfsaccount heeft hooguit %d locaties"},
	"a spot has at most %d sensors":               {NL: "een plek heeft hooguit %d sensoren"},
	"nothing was changed: the file has one fault": {NL: "er is niets gewijzigd: het bestand heeft één fout"},
	"nothing was changed: the file has %d faults": {NL: "er is niets gewijzigd: het bestand heeft %d fouten"},
	"nothing was changed: these are the first %d faults of the file": {
		NL: "er is niets gewijzigd: dit zijn de eerste %d fouten in het bestand"},
	"the file is loaded in part; the same file again loads the rest": {
		NL: "het bestand is voor een deel geladen; laad hetzelfde bestand nog eens voor de rest"},
	"the floor is saved in part; the same request again saves the rest": {
		NL: "de verdieping is voor een deel bewaard; bewaar nog eens voor de rest",
		EN: "the floor is saved in part; save again for the rest"},
	"the name servers of this domain did not answer: try later": {
		NL: "de naamservers van dit domein antwoordden niet; probeer het later"},
	"the record is there, but another business account proved this domain before: ask us at the support address": {
		NL: "het record is er, maar een ander bedrijfsaccount bewees dit domein eerder; neem contact met ons op",
		EN: "the record is there, but another business account proved this domain before; contact us"},
	"a registration made with this Idempotency-Key was erased: register again with a new one": {
		NL: "deze registratie is intussen gewist; registreer je opnieuw",
		EN: "this registration has been erased meanwhile; register again"},
	"this Idempotency-Key was used for another name": again,
	"this Idempotency-Key was used for something else, or what it made was changed " +
		"since": again,
	"this Idempotency-Key gave a pass that was replaced since, or the pass was replaced %d " +
		"times": again,
	"this Idempotency-Key was used for another request, or for a reservation that was cancelled; use a new " +
		"one": again,
	"this Idempotency-Key was used to invite somebody else, or a guest who has gone or has another pass by now; " +
		"use " +
		"a new one": again,
	"the request has a field that is not accepted": {NL: "er klopt iets niet in wat je invulde",
		EN: "something in what you filled in is not right"},
	"the request has fields that are not accepted": {NL: "er klopt iets niet in wat je invulde",
		EN: "something in what you filled in is not right"},
	"you can wait for at most %d spots at a time": {NL: "je kunt op hooguit %d plekken tegelijk wachten"},
	"the request asks for something that is not possible": {NL: "dit kan niet op dit moment of met deze gegevens",
		EN: "this is not possible at this time or with these details"},
	"%s; the same request can safely be sent again":                                 busy,
	"the store is busy":                                                             busy,
	"others keep changing the same thing":                                           busy,
	"the request could not be queued; it can safely be sent again":                  busy,
	"the message could not be queued; it can safely be sent again":                  busy,
	"the body is not UTF-8":                                                         broken,
	"there is something after the JSON object":                                      broken,
	"the body is not a JSON object":                                                 broken,
	"the body is nested deeper than %d levels":                                      broken,
	"the body is not JSON, near byte %d":                                            broken,
	"the body can't be read":                                                        broken,
	"this operation takes no body":                                                  broken,
	"a JSON body is needed":                                                         broken,
	"the event is not signed with the connector's secret, or more than an hour ago": broken,
	"the body has more than %d MB": {NL: "dit bestand is te groot; hooguit %d MB kan",
		EN: "this file is too large; at most %d MB is possible"},
	"the body has more than %d kB": {NL: "dit is te veel in één keer; hooguit %d kB kan",
		EN: "this is too much at once; at most %d kB is possible"},
	"too many attempts; %s":        {NL: "dit was te vaak achter elkaar; %s", EN: "that was too often in a row; %s"},
	"wait some minutes":            {NL: "wacht een paar minuten"},
	"wait until the hour ends":     {NL: "wacht tot het volgende uur"},
	"none of the dates can be had": {NL: "op geen van deze dagen kan het"},
	"not all of the dates are possible, so nothing was reserved": {
		NL: "niet elke dag is mogelijk; er is niets gereserveerd",
		EN: "not every day is possible; nothing was reserved"},
	"not all of the dates can be had, so nothing was reserved": {
		NL: "niet op elke dag is de plek vrij; er is niets gereserveerd",
		EN: "the spot is not free on every day; nothing was reserved"},
	"you may have at most %d reservations%s on a day": {NL: "je mag hooguit %d reserveringen%s op een dag hebben"},
	"you may have at most %d reservations%s at once":  {NL: "je mag hooguit %d reserveringen%s tegelijk hebben"},
	"you may have at most %d reservations%s in a week, as far as it lies ahead": {
		NL: "je mag hooguit %d reserveringen%s in een week hebben, voor zover die nog komt"},
	"you may have at most 1 reservations%s on a day": {NL: "je mag hooguit één reservering%s op een dag hebben",
		EN: "you may have at most one reservation%s on a day"},
	"you may have at most 1 reservations%s at once": {NL: "je mag hooguit één reservering%s tegelijk hebben",
		EN: "you may have at most one reservation%s at once"},
	"you may have at most 1 reservations%s in a week, as far as it lies ahead": {
		NL: "je mag hooguit één reservering%s in een week hebben, voor zover die nog komt",
		EN: "you may have at most one reservation%s in a week, as far as it lies ahead"},
	" of this kind": {NL: " van deze soort"},
	"this sensor is not allotted to your organisation: it is when we let it in; ask us at the support address": {
		NL: "deze sensor is nog niet aan je organisatie toegewezen; neem contact met ons op",
		EN: "this sensor is not allotted to your organisation yet; contact us"},
}
