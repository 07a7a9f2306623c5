package clock

import "time"

// Ahead is how far a look of a scheduled function sees: any span as long as this holds two whole minutes, and so two
// looks, though a schedule of every minute is precise to a minute. See package wake.
const Ahead = 190 * time.Second
