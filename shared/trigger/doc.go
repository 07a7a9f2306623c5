// Package trigger is the adapter between the Lambda triggers that are not HTTP and the use cases: the bus, queues and
// the schedule.
package trigger
