package clock

import "time"

// Ahead is how far a step of a scheduled run has to look before the run may end: by then the next run has surely
// taken its first step. A schedule of every minute is precise to a minute, so that the next run may begin 120 seconds
// after this one.
const Ahead = 130 * time.Second
