package api

import "slices"

// Operations lists all, in the order of the day they serve.
func Operations() []Operation {
	return slices.Concat(
		businessOperations, peopleOperations,
		contractOperations,
		buildingOperations,
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
