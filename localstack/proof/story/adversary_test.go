package story

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"mime/quotedprintable"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/day"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/catalog"
)

// An attacker holds a dump of every store and log, each part under the name of its place.
type attacker struct {
	parts  map[string]string
	tables string
}

// A hit is a value that was found where it should not be.
type hit struct{ place, needle, form string }

// adversary dumps the tables with their indexes, the buckets with all versions, queues, dead letters, and the logs of
// every process. The mail that was delivered is not the system's any more.
func adversary(t *testing.T, s *stack.Stack) attacker {
	t.Helper()
	a := attacker{parts: map[string]string{}}
	for _, table := range catalog.Tables {
		a.scan(t, s, string(table.Name), "")
		for _, index := range table.Indexes {
			a.scan(t, s, string(table.Name), index.Name)
		}
	}
	for _, version := range s.Buckets.Versions(string(catalog.Photos)) {
		a.parts["photos "+version.Key] = version.Key + string(version.Body)
	}
	for name, queue := range s.Queues {
		a.keep(t, "queue "+name, queue.Messages())
	}
	a.keep(t, "dead letters", s.DeadLetters())
	a.keep(t, "put aside", s.PutAside())
	a.keep(t, "logs", s.Logs())
	a.keep(t, "suppression list", s.Mailbox.Suppressed())
	return a
}

func (a *attacker) scan(t *testing.T, s *stack.Stack, table, index string) {
	t.Helper()
	input := &dynamodb.ScanInput{TableName: aws.String(table)}
	if index != "" {
		input.IndexName = aws.String(index)
	}
	pages := dynamodb.NewScanPaginator(s.Tables(), input)
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		require.NoError(t, err)
		for _, item := range page.Items {
			a.item(t, table, item)
		}
	}
}

func (a *attacker) item(t *testing.T, table string, item map[string]types.AttributeValue) {
	t.Helper()
	var plain map[string]any
	require.NoError(t, dynamo.UnmarshalItem(item, &plain))
	content, err := json.Marshal(plain)
	require.NoError(t, err)
	place := table + " " + plain["sk"].(string)
	a.parts[place] += string(content)
	a.tables += string(content)
}

func (a *attacker) keep(t *testing.T, place string, value any) {
	t.Helper()
	content, err := json.Marshal(value)
	require.NoError(t, err)
	a.parts[place] = string(content)
}

// search looks for every needle in every form, in any case.
func (a attacker) search(needles map[string]string) []hit {
	var hits []hit
	for place, content := range a.parts {
		lower := strings.ToLower(content)
		for name, value := range needles {
			for form, text := range forms(value) {
				if strings.Contains(lower, strings.ToLower(text)) {
					hits = append(hits, hit{place, name, form})
				}
			}
		}
	}
	return hits
}

// forms are the ways in which a value could be written.
func forms(value string) map[string]string {
	all := map[string]string{"plain": value, "url": url.QueryEscape(value), "hex": hex.EncodeToString([]byte(value)),
		"quoted-printable": quoted(value)}
	for shift := range 3 { // the three ways in which base64 can cut a value that stands inside of a longer one
		encoded := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), value...))
		all["base64"+string(rune('0'+shift))] = encoded[(shift*8+5)/6 : len(encoded)-1]
	}
	for _, spelt := range []string{value, strings.ToLower(value)} {
		for name, sum := range map[string][]byte{"md5": sum16(spelt), "sha1": sum20(spelt), "sha256": sum32(spelt),
			"sha512": sum64(spelt)} {
			all[name+" hex "+spelt] = hex.EncodeToString(sum[:8])
			all[name+" base64 "+spelt] = base64.RawStdEncoding.EncodeToString(sum[:9])
			all[name+" base32 "+spelt] = base32.StdEncoding.EncodeToString(sum[:10])
		}
	}
	return all
}

func sum16(s string) []byte { sum := md5.Sum([]byte(s)); return sum[:] }
func sum20(s string) []byte { sum := sha1.Sum([]byte(s)); return sum[:] }
func sum32(s string) []byte { sum := sha256.Sum256([]byte(s)); return sum[:] }
func sum64(s string) []byte { sum := sha512.Sum512([]byte(s)); return sum[:] }

func quoted(value string) string {
	var out strings.Builder
	w := quotedprintable.NewWriter(&out)
	_, err1 := w.Write([]byte(value))
	err2 := w.Close()
	if err1 != nil || err2 != nil {
		return value
	}
	return out.String()
}

// needles are what must not be found of the person who left.
func needles(lived *day.Day) map[string]string {
	p := lived.Erased
	all := map[string]string{"name": p.Name, "first name": strings.Fields(p.Name)[0], "address": p.Email,
		"ip":    elsewhere,
		"phone": day.Phone, "linkedin": day.LinkedIn, "favourite colleague": day.FavouriteColleague,
		"id": p.Token[16:32], "token": p.Token, "secret": p.Token[32:],
		"link": strings.TrimPrefix(lived.Link, "/erasure/")}
	for _, code := range lived.Codes[p.Email] {
		all["code "+code] = code
	}
	for _, reservation := range p.Mine {
		all["reservation "+reservation] = reservation[len(reservation)-16:]
	}
	return all
}

// account are what must not be found of the customer whose contract has ended.
func account(lived *day.Day) map[string]string {
	all := map[string]string{"account": lived.People[0].Token[:16], "name": "Acme B.V.", "domain": day.Domain,
		"street": "Stationsplein",
		"office": lived.Office, "annex": lived.Annex, "depot": lived.Depot, "floor": lived.Floor,
		"desk": lived.Desks[0], "late": "Wim Late"}
	for _, p := range lived.People {
		all[p.Name], all["id of "+p.Name] = p.Name, p.Token[16:32]
	}
	return all
}

// beside reports whether anything was found but at places that begin so.
func beside(hits []hit, place string) bool {
	return slices.ContainsFunc(hits, func(h hit) bool { return !strings.HasPrefix(h.place, place) })
}

func TestTheAdversaryFindsAValueInEveryFormItKnows(t *testing.T) {
	for form, text := range forms("Femke@acme.example") {
		require.NotEmpty(t, attacker{parts: map[string]string{"x": "ab" + strings.ToUpper(text) +
			"yz"}}.search(map[string]string{"n": "Femke@acme.example"}), form)
	}
	mail := base64.StdEncoding.EncodeToString([]byte("Dear Femke@acme.example, hello"))
	require.NotEmpty(t,
		attacker{parts: map[string]string{"x": mail}}.search(map[string]string{"n": "Femke@acme.example"}))
	require.Empty(t,
		attacker{parts: map[string]string{"x": "Bram@acme.example"}}.search(map[string]string{"n": "Femke@acme.example"}))
}
