// Package statistics counts a day without its people (art. 5), and shows a facility manager what was counted.
//
// # The rule of five
//
// No figure about fewer than five different people is stored, and none that gives such a figure away to somebody who
// has all the others and can add and subtract. The rule has five parts.
//
//  1. The reservations of a day are two groups that have none in common: those that were used (somebody checked in, by
//     hand, by a sensor or by walking up) and those that were not. Each group is published on its own, as follows, and
//     "reservations" is shown only where it is the sum of two figures that are shown, or where one group is empty.
//
//  2. Places. A group is shown for the location if it is of five people or more. Of its floors those of fewer than five
//     people are hidden; if the hidden ones together are still of one to four people, the smallest of the others is
//     hidden with them, and so on. What is hidden is therefore of at least five people together, or of nobody. The same
//     is done with the zones of each floor that is shown.
//
//  3. Breakdowns. How reservations ended is shown for the location in the same way: small ones are hidden, and more with
//     them until five people are behind what is hidden. The hours that are shown are one breakdown together: its parts
//     are the reservations that were in use in the same ones of them, and each part must be of five people or more, or
//     of nobody. Hours are taken in one by one, the busiest first, and one that would make a smaller part stays hidden.
//     An hour that divides nothing anew costs nothing.
//
//  4. Breakdowns of places. How reservations ended is shown for the floors only if each cell of the table of floors (the
//     hidden ones as one) by parts (the hidden ones as one) is of five people or more, or of nobody: all floors or none.
//     Within a floor the same goes for its zones. Of the hours those are shown for the floors, out of the location's,
//     that keep every such cell safe, and for the zones of a floor out of the floors'.
//
//  5. Opened pages are counted by page and by browser, each hidden as the ends are: what one of the two hides, the sum of
//     the other would tell.
//
// Why that is safe. Suppose that the adversary were told more than is published: of each place the number in each
// part, where the parts of hours are those of 3 and not the sums of single hours. Every such cell, a place by a part,
// is of five people or of nobody. Two reservations in one place of the ends' table can exchange how they ended,
// whatever their hours. Two with the same hours, of those shown for zones, can exchange their zones and with them
// nothing else; two with the same hours of those shown for floors their floors; and two anywhere that differ only in
// hours shown for the location alone can exchange these. No sum changes by it, so the adversary can't tell such days
// apart, and what is certain is the same in all of them: it takes whole cells, of one breakdown or of none. Nothing
// is used here but that reservations are as they really were, so it does not help to know that the hours of one
// follow each other.
//
// To look at hours two by two would not do. On one floor five may be in at 9 alone, five at 15 alone and three at
// both: any two shown hours differ by five. But where the location shows 12 as well, and the other floors' people all
// stayed from 9 to 15, those three are what is left at 12.
//
// The two groups share no reservation, and neither do two days. The tests play the adversary.
//
// # Who knows more
//
// An adversary may know some reservations beforehand. Guests are the ones that anybody can make up, with their names
// and hours: they are left out of all figures before anything is counted, and so don't count towards the five. And
// the zones are those that the spots were in on the day: a move counts from the next day on, and of a floor from
// which a spot was removed since no zones are shown, so that nobody can draw them around one person once the day is
// known.
//
// What is left: four registered people who tell each other everything know of a figure about five what the fifth did.
// The rule can't help there, as a colleague at the next desk could tell as much; a greater number would only take
// more of them. And whoever knows from elsewhere that a figure is about five, and four of them, learns it of the
// fifth.
//
// The figures say nothing about when one person came or who they were; they say how many reservations, hours and
// searches there were. The number of people is never stored: it is computed while counting, to apply the rule.
package statistics
