package main

// What follows is said once, in words: facts of the design that no list holds, each with the clause that promises it.

func (d deployment) annexes() part {
	return part{Title: "Annexes of a processing agreement", Text: []string{
		"For a customer who needs one, because it decides itself on a part of the processing. " + blank +
			"which party is controller of what, by your lawyer.",
		"Duration: while the contract exists (3). At its end everything is removed within a minute, after each " +
			"person was mailed their last overview.",
		"Where: " + d.region + ", European Union. Sub-processors: the chapter above.",
		blank + "term in which a new sub-processor is announced.", blank + "audits: who, how often, at whose cost."},
		Head: []string{"annex", "content"}, Rows: [][]string{
			{"1 subject and nature", "finding, reserving and using spots in an office; counting its use without " +
				"persons"},
			{"2 kinds of data and people", "the record of processing above, column kind of data; users, guests, " +
				"administrators"},
			{"3 instructions", "what the API lets the customer's administrators set; nothing outside of it"},
			{"4 measures", "encryption at rest and in transit; a role for each function with what it needs; keys " +
				"by " +
				"purpose; sessions and codes as hashes; staff only with a passkey and an agreement in force, each " +
				"look recorded; " +
				"daily audit of every store"},
			{"5 help with rights", "view, correct, hide, object, take along and erase are in the app and work at " +
				"once (art. 7)"},
			{"6 breaches", "the draft below; told to the customer without delay"},
			{"7 return and removal", "export by each person; removal at the end of the contract within 60 seconds, " +
				"backup within a day"},
		}}
}

func dpia() part {
	return part{Title: "DPIA: what facts can answer", Text: []string{
		"Needed: a systematic description, necessity, risks and measures (GDPR art. 35(7)). Sensors, location and " +
			"data of employees together are on the list of the Autoriteit Persoonsgegevens for which one is " +
			"required.",
		"Description and necessity: the record of processing and the data map above.",
		blank + "opinion of the people concerned or the works council (art. 35(9)).",
		blank + "judgement of what risk remains, and the decision."},
		Head: []string{"risk", "what the design does", "clauses"}, Rows: risks}
}

// risks are those to people, each with what the design does about it and the clauses that promise it.
var risks = [][]string{
	{"sensors see more than needed", "a sensor says whether a spot is occupied, not by whom; it counts only " +
		"where somebody reserved; raw readings go with the day; one can object and check in by hand",
		"4.d.4, 7.object"},
	{"location shows where somebody is", "hidden from colleagues by default; gone when the day ends at the " +
		"location; emergency officers see names only where a person shows them", "4.d.4, 7.shield"},
	{"employer monitors employees", "no history, no hours, no figure about fewer than five people; an " +
		"administrator sees of a person what colleagues see", "3, 5.transactions"},
	{"figures are traced back", "counted without ids; small figures and what would give them away are left " +
		"out; kept by the zone of the time of use", "5.transactions"},
	{"consent is not free at work", "the legal basis stands with each kind and doesn't rest on consent " +
		"where there is no choice; what is voluntary has no disadvantage when left out", "2.consent"},
	{"guests don't know", "the invitation says what is kept and until when; the pass gives all rights",
		"4.d.3"},
	{"the operator's staff look around", "agreement in force, reason, kinds; recorded before anything is " +
		"shown; the person sees each look", "6.confidential"},
	{"a computer decides", "a spot is released by the location's rules, as a rule after the person was " +
		"asked by mail and in the app; the only consequence is that another can take it; whoever comes " +
		"later gets it back if it is still free; a person looks at it on request; that somebody did not " +
		"come goes with the day",
		"4.d.4"},
	{"somebody acts in another's name", "only whom the person allowed, who agreed to the statement too; " +
		"they see where and when the person still has a spot, and no more; each deed is mailed to the " +
		"person and stands with the reservation; either ends it at once", "4.f.1, 4.d.2"},
	{"a workplace or a group that was given tells about somebody", "colleagues see that a workplace is " +
		"somebody's, to nobody's name; who is in a group is told to nobody but them, administrators " +
		"included; the person sees both and can give them up", "4.f.1"},
	{"days away tell of illness or holiday", "no reason is asked or kept; others see at most that a " +
		"workplace is free; gone when the day ends", "4.f.2"},
	{"a waitlist tells what somebody wants", "nobody sees who waits, and whoever came first is offered what " +
		"comes free, by a computer, for a quarter of an hour; a place goes when it is decided or its time " +
		"has come",
		"4.f.3"},
	{"asking for approval tells others what somebody wants", "those who decide see the spot, the times and the " +
		"name as colleagues see it, until it is decided or a day has passed; no reason is asked for; who decided is " +
		"kept nowhere", "4.f.3"},
	{"a calendar keeps a copy", "the feed has no names and opens with a secret of which a hash is kept; " +
		"ending it, or the registration, empties it; the statement says how long each calendar " +
		"takes", "4.f.5"},
	{"somebody gets hold of a member of staff's mailbox", "staff sign in with a passkey beside the code; the " +
		"first one needs a secret that the operator hands over by another way; of a passkey only what can't sign is " +
		"kept; each new one is told by mail, and is removed at once with its sessions", "4.f.5, 6.confidential"},
	{"an account is taken over", "codes by mail, bound to a handle, few tries; sessions end at sign-out; no " +
		"password", "8.security"},
	{"data stays after an erasure", "one transaction ends the registration; a job repeats until every store " +
		"is empty; a restore repeats erasures first", "7.erase"},
}

func employer() part {
	return part{Title: "What an employer can and can't see (for a works council)",
		Head: []string{"can see", "can't see"},
		Rows: [][]string{
			{"name and organisation of colleagues who don't hide them", "who looked for what, or for whom"},
			{"where somebody is today, only if that person shows it", "where somebody was on any earlier day"},
			{"how many users are registered (3.i)", "a list of users; whether an address is registered"},
			{"figures of use about five people or more, by zone", "figures about fewer, or of one person"},
			{"which spots are occupied now, as everybody in the building", "whose reservation it is, unless shown"},
			{"names and days of the building's guests, and can end them",
				"e-mail addresses of guests, which are not kept"},
			{"that a workplace is somebody's own, and which days it is free",
				"whose it is, why it is free, and who is in a group: who types an address to give one gets the " +
					"same " +
					"answer whoever it is"},
			{"looks of the operator's staff at the organisation's data",
				"titles of meetings that their organiser doesn't show, favourites, last sign-in, device"},
			{"that a group exists, its name, and which zone is kept for it",
				"who is away, who waits for a spot, who acts for whom, who wants reminders, who has a calendar feed"},
			{"that a registration ended, as one user less", "why, or whether the person did it themselves"},
			{"how many consents, overviews, erasures, objections and disclosures there were in a month that is " +
				"over, from five on",
				"whose they were, which nobody keeps"},
		}, Text: []string{
			"An administrator can end the registration of somebody who has left by typing the address; the answer " +
				"is the same whoever it " +
				"is.", blank + "what the employer does with what is seen, outside of this system."}}
}
