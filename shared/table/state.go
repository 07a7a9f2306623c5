package table

// A State is where a reservation is in its day. A cancelled one is not there any more.
type State string

// The states.
const (
	Reserved  State = "reserved"
	CheckedIn State = "checked_in"
	Released  State = "released" // given back after check-in, by hand or because the spot stayed vacant
	NoShow    State = "no_show"  // not checked in in time
	// The spot is kept for the person, who has it when it was decided in time; see Holding.Until.
	Offered State = "offered" // to who waited for it, who has yet to take it
	Asked   State = "asked"   // for the approval of others
)

// Holds reports whether nobody else can have the spot.
func (s State) Holds() bool { return s.Stands() || s.Undecided() }

// Stands reports whether the spot is the person's: they are expected there, and colleagues see them there.
func (s State) Stands() bool { return s == Reserved || s == CheckedIn }

// Undecided reports whether it is still to be decided that the spot is the person's.
func (s State) Undecided() bool { return s == Offered || s == Asked }
