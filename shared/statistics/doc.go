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
//     them until five people are behind what is hidden. An hour breaks the group in two, in use and not in use then:
//     both must be of five people or more, or one of nobody.
//
//  4. Breakdowns of places. A breakdown is shown for the floors only if each cell of the table of floors (the hidden ones
//     as one) by parts (the hidden ones as one) is of five people or more, or of nobody: all floors or none. Within a
//     floor the same goes for its zones.
//
//  5. Opened pages are counted by page and by browser, each hidden as the ends are: what one of the two hides, the sum of
//     the other would tell.
//
// Why that is safe. Within a group everything published is a sum over cells of at least five people each (the cells of
// one place by the parts of one breakdown), so that whatever one breakdown gives by adding and subtracting is again a
// sum of such cells. Two breakdowns of one place (ends and an hour, or two hours) share only the place itself; of tables
// of which only the margins are known, a cell is certain only if it is all of a margin, which is of five people or more,
// or if it is empty. The two groups share no reservation, and neither do two days. The tests play the adversary.
//
// The figures say nothing about when one person came or who they were; they say how many reservations, hours and
// searches there were. How many people is never stored: it is reckoned while counting, to apply the rule.
package statistics
