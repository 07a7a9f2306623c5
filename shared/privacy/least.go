package privacy

// Least is the fewest different people that a figure may be about, wherever it is stored, shown or logged (art. 5).
const Least = 5

// Few tells that a number may be about one to four people, so that it is left out: a log line has a time, and a
// customer may be the only one that is awake.
func Few(n int) bool { return n > 0 && n < Least }
