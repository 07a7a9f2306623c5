package api

import "slices"

// Declarations lists all, in the order of the day they serve.
//
// A new one is declared in this package in the file of its subject, and stands in the list at that file's end, which
// is added below where the file is new; it has a line in Routes() of the use case that serves it, as in
// shared/booking/booking.go; and what it reads and writes is among its function's rights in shared/catalog/catalog.go.
// Tests say which of the three is missing.
func Declarations() []Declaration {
	return slices.Concat(
		businessOperations, peopleOperations,
		contractOperations,
		buildingOperations, spotOperations,
		rulesOperations,
		featureOperations,
		importOperations,
		registrationOperations,
		signInOperations,
		profileOperations,
		colleagueOperations,
		bookingOperations,
		actingOperations, workplaceOperations, groupOperations,
		floorStateOperations,
		todayOperations,
		calendarOperations,
		checkInOperations, waitlistOperations, approvalOperations,
		displayOperations,
		sensorOperations,
		guestsOperations,
		usageOperations,
		statisticsOperations,
		overviewOperations,
		erasureOperations,
		staffOperations,
		shareOperations,
		appOperations,
		statementOperations,
		referenceOperations,
	)
}

// Operations makes all.
func Operations() []Operation {
	var all []Operation
	for _, declared := range Declarations() {
		all = append(all, declared.Operation())
	}
	return all
}
