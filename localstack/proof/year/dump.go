package year

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/parallel"
)

// A part is one thing that is stored, with the place where it is.
type part struct {
	store, pk, sk string
	content       string   // names and values, each on a line
	names         []string // of the attributes
	values        []value  // what is in it, beside its keys and deadline
	index         string   // of which it is an entry
	ttl           time.Time
}

// dump reads all stores as they lie there: the tables and their indexes, the buckets with every version, the events
// that wait, the queues with their dead letters, SES's suppression list, and what was logged.
func (s *simulation) dump() []part {
	type source struct {
		table string
		index *string
	}
	var sources []source
	for _, table := range catalog.Tables {
		sources = append(sources, source{table: string(table.Name)})
		for _, index := range table.Indexes {
			sources = append(sources, source{string(table.Name), aws.String(index.Name)})
		}
	}
	var parts []part
	var mu sync.Mutex
	require.NoError(s.t, parallel.Each(s.t.Context(), len(sources), sources,
		func(ctx context.Context, from source) error {
			read, err := s.scan(ctx, from.table, from.index)
			mu.Lock()
			defer mu.Unlock()
			parts = append(parts, read...)
			return err
		}))
	for _, name := range catalog.Buckets {
		for _, v := range s.Buckets.Versions(string(name)) {
			parts = append(parts, part{store: string(name), pk: v.Key, sk: v.ID, content: v.Key + "\n" +
				string(v.Body)})
		}
	}
	return append(append(parts, s.heldParts()...), part{store: "logs", content: s.logs()})
}

func (s *simulation) scan(ctx context.Context, table string, index *string) ([]part, error) {
	var parts []part
	pages := dynamodb.NewScanPaginator(s.Client, &dynamodb.ScanInput{TableName: aws.String(table), IndexName: index,
		ConsistentRead: aws.Bool(index == nil)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			var content strings.Builder
			one := part{store: table, pk: text(item["pk"]), sk: text(item["sk"]), index: aws.ToString(index)}
			for _, name := range slices.Sorted(maps.Keys(item)) { // in one order, so that what did not change is seen
				value := item[name]
				fmt.Fprintf(&content, "%s\n", name)
				one.names = append(one.names, name)
				written(&content, value)
				if _, key := map[string]bool{"pk": true, "sk": true, "ttl": true, "expiry": true}[name]; !key {
					one.values = append(one.values, valuesOf(name, name, value)...)
				}
			}
			one.content = content.String()
			if n, ok := item["ttl"].(*types.AttributeValueMemberN); ok {
				var seconds int64
				if _, err := fmt.Sscan(n.Value, &seconds); err != nil {
					return nil, err
				}
				one.ttl = time.Unix(seconds, 0)
			}
			parts = append(parts, one)
		}
	}
	return parts, nil
}

func text(value types.AttributeValue) string {
	if s, ok := value.(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}

// written writes every text, number and name in a value on a line of its own.
func written(to *strings.Builder, value types.AttributeValue) {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		fmt.Fprintln(to, v.Value)
	case *types.AttributeValueMemberN:
		fmt.Fprintln(to, v.Value)
	case *types.AttributeValueMemberB:
		fmt.Fprintln(to, string(v.Value))
	case *types.AttributeValueMemberSS:
		fmt.Fprintln(to, strings.Join(v.Value, "\n"))
	case *types.AttributeValueMemberNS:
		fmt.Fprintln(to, strings.Join(v.Value, "\n"))
	case *types.AttributeValueMemberBS:
		fmt.Fprintln(to, string(bytes.Join(v.Value, []byte("\n"))))
	case *types.AttributeValueMemberL:
		for _, inner := range v.Value {
			written(to, inner)
		}
	case *types.AttributeValueMemberM:
		for _, name := range slices.Sorted(maps.Keys(v.Value)) {
			fmt.Fprintln(to, name)
			written(to, v.Value[name])
		}
	}
}

// A value is one text, number or yes and no in an item.
type value struct {
	attribute string // of the item
	name      string // that it stands under: the attribute's, or one within it
	kind      byte   // s, n or b
	text      string
}

// valuesOf are all values in an attribute, those of sets, lists and maps one by one.
func valuesOf(attribute, name string, held types.AttributeValue) (all []value) {
	add := func(kind byte, texts ...string) {
		for _, text := range texts {
			all = append(all, value{attribute, name, kind, text})
		}
	}
	switch v := held.(type) {
	case *types.AttributeValueMemberS:
		add('s', v.Value)
	case *types.AttributeValueMemberSS:
		add('s', v.Value...)
	case *types.AttributeValueMemberN:
		add('n', v.Value)
	case *types.AttributeValueMemberNS:
		add('n', v.Value...)
	case *types.AttributeValueMemberBOOL:
		add('b', strconv.FormatBool(v.Value))
	case *types.AttributeValueMemberB:
		add('s', string(v.Value))
	case *types.AttributeValueMemberL:
		for _, inner := range v.Value {
			all = append(all, valuesOf(attribute, name, inner)...)
		}
	case *types.AttributeValueMemberM:
		for name, inner := range v.Value {
			all = append(all, valuesOf(attribute, name, inner)...)
		}
	}
	return all
}

var dates = regexp.MustCompile(`\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b`)

// look is the adversary's: nothing that should be gone may be found, and no link that should be cut.
func (s *simulation) look() {
	now, began := s.Clock.Now(), time.Now()
	defer func() { s.figures.Looking += time.Since(began) }()
	seen, attempts := map[*mark]bool{}, s.attempts()
	photos := map[string]int{}
	parts := s.dump()
	s.figures.Looks, s.figures.Marks = s.figures.Looks+1, len(s.marks.plain)
	s.figures.Parts += len(parts)
	s.figures.Most = max(s.figures.Most, len(parts))
	known := s.known
	if s.known = map[string]judged{}; s.figures.Looks%10 == 0 {
		known = nil
	}
	for _, p := range parts {
		for m := range s.marksIn(p, known) {
			s.judge(p, m, now)
			seen[m] = true
		}
		if m := attempts[p.pk]; m != nil {
			s.judge(p, m, now)
		}
		if !p.ttl.IsZero() && !now.Before(p.ttl.Add(minute)) {
			s.found("%s %s is past its own deadline since %s", p.store, p.sk, now.Sub(p.ttl))
		}
		if p.store == string(catalog.Agenda) {
			s.pastDays(p, now)
		}
		if p.store == string(catalog.Photos) {
			photos[strings.TrimSuffix(p.pk, "/photo")]++
		}
	}
	s.alive(seen, photos, now)
}

// judged is what was found in a part the last time.
type judged struct {
	content string
	marks   map[*mark]bool
}

// marksIn are the marks in a part. One that is byte by byte what it was at the look before holds the marks that it
// held then: what somebody gives is marked before the look that follows. Each tenth look believes nothing of that.
func (s *simulation) marksIn(p part, known map[string]judged) map[*mark]bool {
	key := p.store + " " + p.index + " " + p.pk + " " + p.sk
	was, ok := known[key]
	if !ok || was.content != p.content {
		was = judged{p.content, s.marks.find(p.content)}
	}
	s.known[key] = was
	return was.marks
}

// judge holds one mark that was found against what it may be found in.
func (s *simulation) judge(p part, m *mark, now time.Time) {
	ledger := m.id && p.store == string(catalog.Agenda) && (p.pk == "erased" || p.pk == "ended") &&
		now.Before(m.gone.Add(24*time.Hour+minute))
	spent := strings.HasPrefix(p.sk, "spot#") && now.Before(m.spent)
	switch {
	case m.overdue(now) && !ledger && !spent:
		s.found("%s stands in %s %q %q, and should be gone since %s", m, p.store, p.pk, p.sk, m.gone)
	case p.store == string(catalog.Insight) && m.of != nil:
		s.found("%s stands in the statistics", m)
	case p.store == "logs":
		s.found("%s stands in the log: %s", m, p.content)
	case p.sk == "guest" && m.of != nil && !strings.HasSuffix(p.pk, m.of.id):
		s.found("%s stands with a guest whose it is not: a link to who invited them", m) // 4.d.3
	}
}

// pastDays finds what belongs to a day that has ended at its location (4.d.2, 4.d.4, 5.transactions).
func (s *simulation) pastDays(p part, now time.Time) {
	if strings.HasPrefix(p.sk, "invited#") {
		return
	}
	key := p.pk + " " + p.sk
	for _, date := range dates.FindAllString(key, -1) {
		for _, t := range s.tenants {
			if ends := t.dayEnds(key, date); !ends.IsZero() && !now.Before(ends.Add(minute)) {
				s.found("agenda %s belongs to %s, which has ended", key, date)
			}
		}
	}
}

// dayEnds is when a date ends at the location that a key names, of all that there ever were; zero when it names none.
func (t *tenant) dayEnds(key, date string) (ends time.Time) {
	if strings.Contains(key, t.location) {
		return endOf(date, t.zone)
	}
	for _, d := range t.depots {
		if strings.Contains(key, d.location) {
			_, ends = d.span(date)
		}
	}
	return ends
}

// alive holds that what is not gone yet is really there, so that finding nothing means something, and that each has
// one photo or none.
func (s *simulation) alive(seen map[*mark]bool, photos map[string]int, now time.Time) {
	for _, m := range s.marks.plain {
		if m.held && !seen[m] && (m.gone.IsZero() || now.Before(m.gone)) {
			s.found("%s is not there, though it should be", m)
		}
	}
	for _, t := range s.tenants {
		for _, p := range t.people {
			key := t.business + "/" + p.id
			want := 0
			if p.photo {
				want = 1
			}
			if photos[key] != want {
				s.found("%s has %d versions of a photo instead of %d", p.id, photos[key], want) // 4.b.6
			}
			delete(photos, key)
			if !now.Before(startOf(p.lastUse, t.zone).Add(364*24*time.Hour + minute)) {
				s.unused(t, p)
			}
		}
	}
	for _, t := range s.tenants {
		for floor := range t.plans {
			if key := t.business + "/plan/" + floor; photos[key] != 1 {
				s.found("a floor has %d versions of its plan", photos[key]) // 3.e
			} else {
				delete(photos, key)
			}
		}
	}
	for key := range photos {
		s.found("there is a photo of nobody: %s", key)
	}
}

// unused holds that of who has not been there for 52 weeks no date of last use is kept (4.e.1).
func (s *simulation) unused(t *tenant, p *person) {
	found, err := s.Client.GetItem(s.t.Context(),
		&dynamodb.GetItemInput{TableName: aws.String(string(catalog.Agenda)), Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: t.business + "#u#" + p.id},
			"sk": &types.AttributeValueMemberS{Value: "use"}}})
	require.NoError(s.t, err)
	if len(found.Item) > 0 {
		s.found("the date of %s's last use is kept for longer than 52 weeks", p.id)
	}
	s.figures.Sleepers++
}

// startOf is the first instant of a date in a zone.
func startOf(date string, zone *time.Location) time.Time {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err) // dates are the simulation's own
	}
	return endOf(day.AddDate(0, 0, -1).Format(time.DateOnly), zone)
}

// endOf is the first instant of the next date in a zone.
func endOf(date string, zone *time.Location) time.Time {
	key := date + zone.String()
	if end, known := ends[key]; known {
		return end
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", date+" 20:00", zone)
	if err != nil {
		panic(err) // dates are the simulation's own
	}
	for at.In(zone).Format(time.DateOnly) <= date {
		at = at.Add(time.Minute)
	}
	ends[key] = at
	return at
}

// ends are the days' ends that were reckoned before.
var ends = map[string]time.Time{}
