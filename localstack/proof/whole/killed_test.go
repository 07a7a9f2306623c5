package whole

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/mail"
)

// every breaks each call, however often a loop makes it.
//
//	go test ./localstack/proof/whole -timeout 3h -run Killed -v -args -every
var every = flag.Bool("every", false, "break every single call of a flow, also each that a loop makes")

// A Flow is what somebody does or a trigger brings about, in steps. Whoever takes a step takes it again while it
// fails: a caller with the same Idempotency-Key, the bus and the schedule by themselves.
type Flow struct {
	Steps  []func() error
	Except func(line string) bool // lines of the stores that may differ; may be nil
	OrNot  func(line string) bool // lines that are all there, or none of them; may be nil
}

// way is one of breaking a call: it never arrives, or is done and its answer lost; and the process goes on or ends
// there.
type way struct{ done, dead bool }

var ways = []way{{}, {dead: true}, {done: true}, {done: true, dead: true}}

// Killed lives a flow without a fault, and then again from the same beginning for each call to AWS that it made and
// each way to break that call. Every end is held against the first one: all stores hold the same, but for what random
// ids are called and how often a try was counted; every mail was sent as often as its kind allows; nothing waits. Of
// calls that stand between the same neighbours, as a loop makes them, the first and the last are broken, or with
// -every all.
func (w *World) Killed(t *testing.T, flow Flow) {
	t.Helper()
	begin := w.Keep(t)
	w.Faults.Arm(0, false, false)
	for i, step := range flow.Steps {
		require.NoError(t, step(), "step %d without a fault", i+1)
	}
	calls := w.Faults.Calls()
	whole := w.end(t, begin, flow)
	require.NotEqual(t, begin.shape(flow), append(whole.stores, whole.orNot...), "the flow does something")
	require.NotEmpty(t, calls)
	require.Equal(t, flow.OrNot != nil, len(whole.orNot) > 0, "what may be absent is there without a fault")

	w.PutBack(t, begin)
	for i, step := range flow.Steps {
		require.NoError(t, step())
		require.NoError(t, step(), "step %d, whose answer its caller did not get", i+1)
	}
	w.compare(t, whole, w.end(t, begin, flow), "each step taken twice")

	broken := 0
	for _, at := range telling(calls) {
		for _, way := range ways {
			if way.done && enginetest.Reads[calls[at-1]] {
				continue // as one that never arrived
			}
			w.PutBack(t, begin)
			w.Faults.Arm(at, way.done, way.dead)
			broken++
			how := fmt.Sprintf("call %d of %v broken, done: %v, dead: %v", at, calls, way.done, way.dead)
			for i, step := range flow.Steps {
				for tries := 0; ; tries++ {
					err := step()
					if err == nil {
						break
					}
					require.Less(t, tries, 3, "step %d, %s: %v", i+1, how, err)
					w.Faults.Arm(0, false, false) // the next process
				}
			}
			w.Faults.Arm(0, false, false)
			w.compare(t, whole, w.end(t, begin, flow), how)
		}
	}
	t.Logf("%d calls, broken %d times", len(calls), broken)
}

// telling are the calls to break, from 1: of those between the same neighbours the first and the last, or all.
func telling(calls []string) []int {
	type place struct {
		before, call, after string
		nth                 int // with -every, so that each is a place of its own
	}
	around := slices.Concat([]string{""}, calls, []string{""})
	first, last := map[place]int{}, map[place]int{}
	for i := 1; i <= len(calls); i++ {
		at := place{before: around[i-1], call: around[i], after: around[i+1]}
		if *every {
			at.nth = i
		}
		if first[at] == 0 {
			first[at] = i
		}
		last[at] = i
	}
	some := slices.AppendSeq(slices.Collect(maps.Values(first)), maps.Values(last))
	slices.Sort(some)
	return slices.Compact(some)
}

// Settle lets a minute pass while the schedules do what is left to do, round by round. What a round that writes
// nothing leaves can only wait for time, so the rest of the minute then passes at once.
func (w *World) Settle(t testing.TB) {
	t.Helper()
	minute := w.Clock.Now().Add(time.Minute)
	for range 4 {
		switch wrote := w.round(t); {
		case wrote:
			w.Clock.Move(20 * time.Second)
		case w.Clock.Now().Before(minute):
			w.Clock.Set(minute)
		default:
			w.Clock.Move(20 * time.Second)
			return
		}
	}
}

// round lets each schedule come once, and reports whether any wrote anything or sent it.
func (w *World) round(t testing.TB) bool {
	t.Helper()
	before := len(w.Faults.Calls())
	require.NoError(t, w.Deliver())
	require.NoError(t, w.Erasure().Step(w.ctx))
	require.NoError(t, w.ContractEnd().Step(w.ctx))
	require.NoError(t, w.NoShow(w.ctx))
	require.NoError(t, w.SupportMail().Step(w.ctx))
	return slices.ContainsFunc(w.Faults.Calls()[before:],
		func(call string) bool { return !enginetest.Reads[call] })
}

// An end is what there is after a flow.
type end struct {
	stores []string
	orNot  []string
	mails  map[mail.Kind]map[string]int // by kind and receiver
	aside  []string
}

func (w *World) end(t *testing.T, begin Kept, flow Flow) end {
	t.Helper()
	w.Settle(t)
	require.Empty(t, w.pending)
	lines, orNot := flow.parts(w.lines(t))
	e := end{stores: begin.shapeOf(lines), orNot: begin.shapeOf(orNot), mails: map[mail.Kind]map[string]int{},
		aside: w.aside}
	for _, m := range w.Post.Sent() {
		if e.mails[m.Kind] == nil {
			e.mails[m.Kind] = map[string]int{}
		}
		e.mails[m.Kind][m.To]++
	}
	return e
}

func (w *World) compare(t *testing.T, whole, other end, broken string) {
	t.Helper()
	require.Equal(t, whole.stores, other.stores, broken)
	if len(other.orNot) > 0 {
		require.Equal(t, whole.orNot, other.orNot, broken)
	}
	for kind, repeat := range mail.Kinds {
		require.ElementsMatch(t, slices.Collect(maps.Keys(whole.mails[kind])),
			keysOrLess(repeat, whole.mails[kind], other.mails[kind]), "%s: %s", kind, broken)
		for to, n := range other.mails[kind] {
			if repeat == mail.AtMostOnce {
				require.LessOrEqual(t, n, whole.mails[kind][to], "%s: %s", kind, broken)
			} else {
				require.GreaterOrEqual(t, n, whole.mails[kind][to], "%s: %s", kind, broken)
			}
		}
	}
	require.Equal(t, whole.aside, other.aside, broken)
}

// keysOrLess are who got a mail; of one that goes at most once also those who would have.
func keysOrLess(repeat mail.Repeat, whole, other map[string]int) []string {
	if repeat == mail.AtMostOnce && len(other) < len(whole) {
		return slices.Collect(maps.Keys(whole))
	}
	return slices.Collect(maps.Keys(other))
}

// lines are all stores as text: tables, and buckets with their versions.
func (w *World) lines(t testing.TB) []string {
	t.Helper()
	lines := strings.Split(w.Text(t), "\n")
	for _, name := range []string{photos, received} {
		for _, version := range w.Buckets.Versions(name) {
			sum := sha256.Sum256(version.Body)
			lines = append(lines, fmt.Sprintf("%s %s deletion %v body %s", name, version.Key, version.Deletion,
				strings.ToUpper(hex.EncodeToString(sum[:8]))))
		}
	}
	return lines
}

var (
	opaque  = regexp.MustCompile(`[a-z2-7]{16,}`)
	shard   = regexp.MustCompile(`( expiry = [0-9]+#)[0-9]+$`)
	counted = regexp.MustCompile(`( attempts#[a-z2-7]+ n = | tries = | account listed = )[0-9]+$`)

	// Which part of a roster has somebody's name follows from their id, and how often it was written from how often
	// they asked.
	part       = regexp.MustCompile(`( roster#[a-z2-7]+#)[0-9] roster#[0-9]+`)
	partItself = regexp.MustCompile(`^directory roster#[a-z2-7]+#[0-9] roster#[0-9]+ (pk|sk|changes) = `)
)

// parts divides lines of the stores into those that must be the same and those that may be absent.
func (f Flow) parts(all []string) (same, orNot []string) {
	for _, text := range all {
		switch {
		case f.Except != nil && f.Except(text), partItself.MatchString(text):
		case f.OrNot != nil && f.OrNot(text):
			orNot = append(orNot, text)
		default:
			same = append(same, text)
		}
	}
	return same, orNot
}

func (k Kept) shape(flow Flow) []string {
	same, orNot := flow.parts(k.lines)
	return append(k.shapeOf(same), k.shapeOf(orNot)...)
}

// A line of the stores is text with ids in it that were made since the beginning: text, id, text, id, …, text.
type line []string

func (k Kept) line(text string) line {
	for _, chance := range []*regexp.Regexp{shard, counted, part} {
		text = chance.ReplaceAllString(text, "${1}*")
	}
	var parts line
	from := 0
	for _, at := range opaque.FindAllStringIndex(text, -1) {
		if id := text[at[0]:at[1]]; !k.ids[id] {
			parts = append(parts, text[from:at[0]], id)
			from = at[1]
		}
	}
	return append(parts, text[from:])
}

// called is the line with a name for each id, and another one for the id that it is looked at for.
func (l line) called(names map[string]string, this string) string {
	var text strings.Builder
	for i, part := range l {
		switch {
		case i%2 == 0:
			text.WriteString(part)
		case part == this:
			text.WriteString("<this>")
		default:
			text.WriteString("<" + names[part] + ">")
		}
	}
	return text.String()
}

// shapeOf gives lines in which every id that was made since the beginning is called after where it stands, so that
// two worlds alike give the same lines whatever their ids are.
func (k Kept) shapeOf(all []string) []string {
	lines := make([]line, len(all))
	for i, text := range all {
		lines[i] = k.line(text)
	}
	names := map[string]string{}
	for range 4 { // each round looks one id further
		around := map[string][]string{}
		for _, l := range lines {
			for i := 1; i < len(l); i += 2 {
				around[l[i]] = append(around[l[i]], l.called(names, l[i]))
			}
		}
		names = map[string]string{}
		for id, places := range around {
			slices.Sort(places)
			sum := sha256.Sum256([]byte(strings.Join(places, "\n")))
			names[id] = strings.ToUpper(hex.EncodeToString(sum[:4]))
		}
	}
	shape := make([]string, len(lines))
	for i, l := range lines {
		shape[i] = l.called(names, "")
	}
	slices.Sort(shape)
	return shape
}
