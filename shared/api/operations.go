package api

import "slices"

// Operations lists all, in the order of the day they serve.
func Operations() []Operation {
	return slices.Concat(
<<<<<<< HEAD
=======
		registrationOperations,
		signInOperations,
		bookingOperations,
		overviewOperations,
>>>>>>> 5e0e397 (Look at tags only, not at the words between them)
		referenceOperations,
		buildingOperations,
		registrationOperations,
		signInOperations,
		bookingOperations,
		overviewOperations,
	)
}
