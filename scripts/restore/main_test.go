package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// 7.erase
func TestARestoredDirectoryIsWithoutTheErasedBeforeAnyoneReadsIt(t *testing.T) {
	db := enginetest.New(t, time.Now())
	business := db.NewCustomer(t, "Customer B.V.", "customer.example")
	early, late, stays := register(t, db, business, "early"), register(t, db, business, "late"),
		register(t, db, business, "stays")
	ended := db.NewCustomer(t, "Ended B.V.", "ended.example")
	register(t, db, ended, "ends")
	db.CustomerOf(t, ended, "Ended B.V.", "ended.example")
	environment(t, db, "directory")
	restored(t, db, "directory-restored")
	file := filepath.Join(t.TempDir(), "erased.json")

	db.Erased(t, early)
	db.Put(t, privacy.Agenda, "ended", "ended#"+ended, map[string]any{"date": "2026-11-22"})
	say(t, "noted 1 erasures and 1 ends of contracts", "note", file)
	db.Delete(t, privacy.Agenda, "ended", "ended#"+ended)
	db.Delete(t, privacy.Agenda, "erased", "erased#"+early.Business+"#"+early.User) // the restore took hours
	db.Erased(t, late)                                                              // and somebody left meanwhile
	t.Setenv("DIRECTORY_TABLE", "directory-restored")
	for range 2 { // it can be repeated
		say(t, "repeated 2 erasures and 1 ends of contracts; directory-restored holds nothing of any of them",
			"replay", file)
	}

	names := engine.Names()
	names[privacy.Directory] = "directory-restored"
	tables := table.New(db.Client, names, db.Clock.Now)
	for _, p := range []identity.Person{early, late} {
		_, err := tables.User(t.Context(), p)
		require.ErrorIs(t, err, table.ErrAbsent)
	}
	_, err := tables.User(t.Context(), stays)
	require.NoError(t, err)
	left := slices.DeleteFunc(items(t, db, "directory-restored"),
		func(pk string) bool {
			return pk == table.PersonPartition(stays) || strings.HasPrefix(pk, "roster#"+business)
		})
	require.ElementsMatch(t, []string{"b#" + business, "domain#customer.example", "address#" + hash("stays")[0]}, left)
	account, err := tables.Account(t.Context(), business)
	require.NoError(t, err)
	require.Equal(t, 1, account.Users) // 3.i
	roster, err := tables.Roster(t.Context(), business)
	require.NoError(t, err)
	require.True(t, roster.Current)
	require.Equal(t, []table.Member{{Person: stays, Name: "stays", ShowsCustomer: true}}, roster.Members)
	used := slices.DeleteFunc(items(t, db, "directory"), func(pk string) bool { return strings.HasPrefix(pk, "roster#") })
	require.Len(t, used, 16, "the table that is in use is not touched")
}

// 3: at the contract's end its statistics go.
func TestRestoredFiguresAreWithoutThoseOfEndedContracts(t *testing.T) {
	db := enginetest.New(t, time.Now())
	stays, ended := db.NewCustomer(t, "Customer B.V.", "customer.example"), "eeeeeeeeeeeeeeee"
	for _, business := range []string{stays, ended} {
		for _, day := range []string{"day#2026-11-20", "day#2026-11-21"} {
			db.Put(t, privacy.Insight, business+"#llllllllllllllll", day, map[string]any{"figures": map[string]any{}})
		}
	}
	environment(t, db, "directory")
	file := filepath.Join(t.TempDir(), "erased.json")
	db.Put(t, privacy.Agenda, "ended", "ended#"+ended, map[string]any{"date": "2026-11-22"})
	say(t, "noted 0 erasures and 1 ends of contracts", "note", file)
	say(t, "repeated 0 erasures and 1 ends of contracts", "replay", file)
	require.Len(t, db.Dump(t, privacy.Insight), 4, "without the table's name it is left alone")
	t.Setenv("INSIGHT_TABLE", "insight")
	for range 2 { // it can be repeated
		say(t, "insight holds no figures of any ended contract", "replay", file)
	}
	left := db.Dump(t, privacy.Insight)
	require.Len(t, left, 2)
	for _, item := range left {
		require.Equal(t, stays+"#llllllllllllllll", enginetest.Plain(item)["pk"])
	}
}

// s.correction, 4.a.1, 4.a.2, 4.b.1, 4.b.4, 4.b.6, 4.c.1, 4.c.2, 4.d.5, 7.shield, 7.object, 2.consent
func TestWhatPeopleCorrectedSinceTheBackupIsSoOnARestoredDirectory_s_correction(t *testing.T) {
	db := enginetest.New(t, time.Now())
	business := db.NewCustomer(t, "Customer B.V.", "customer.example")
	ann, ben, tables := register(t, db, business, "ann"), register(t, db, business, "ben"), db.Tables()
	change := func(changes map[privacy.Clause]any) {
		t.Helper()
		require.NoError(t, tables.ChangeUser(t.Context(), ann, changes, false))
	}
	change(map[privacy.Clause]any{"4.b.1": "+31 30 1", "4.b.2": "Chief", "4.b.4": true, "4.b.5": "Design",
		"7.shield": []string{"4.b.1"}})
	require.NoError(t, tables.ConfirmOfficer(t.Context(), ann, true))
	require.NoError(t, tables.SetPhoto(t.Context(), ann, "one"))
	require.NoError(t, tables.AddColleague(t.Context(), ann, table.Colleague{ID: "one", Name: "Bram"}))
	require.NoError(t, tables.AddColleague(t.Context(), ann, table.Colleague{ID: "two", Name: "Chen"}))
	restored(t, db, "restored")

	change(map[privacy.Clause]any{"4.a.1": "Ann Visser", "4.b.1": nil, "4.b.2": "Architect", "4.b.4": nil})
	change(map[privacy.Clause]any{"7.shield": []string{}, "7.object": []string{"a"}})
	change(map[privacy.Clause]any{"4.b.4": true})
	require.NoError(t, tables.SetPhoto(t.Context(), ann, "two"))
	require.NoError(t, tables.Consented(t.Context(), ann, "2", "nl", db.Clock.Now()))
	require.NoError(t, tables.RemoveFavourite(t.Context(), ann, "one"))
	require.NoError(t, tables.RemoveColleague(t.Context(), ann, "one"))
	move := func(p identity.Person, to string) {
		t.Helper()
		user, err := tables.User(t.Context(), p)
		require.NoError(t, err)
		old := identity.Email(user.Email).Entries(enginetest.Keys[secret.Addresses])
		require.NoError(t, tables.MoveAddress(t.Context(), user, old, hash(to), to+"@customer.example",
			"customer.example"))
	}
	move(ann, "visser")
	move(ben, "ann") // which was hers
	db.Put(t, privacy.Directory, table.PersonPartition(ben), "user",
		map[string]any{"business": business, "role": "user", "name": "ben",
			"member_of": table.MemberOf(ben), "email": "ann@customer.example", "language": "en",
			"consent_version": "1"})
	db.Put(t, privacy.Agenda, table.PersonPartition(ben), "login",
		map[string]any{"requested_at": db.Clock.Now(), "logged_in_at": db.Clock.Now(),
			"ip": "192.0.2.1", "login_name": "ann@customer.example", "ttl": db.Clock.Now().Add(time.Hour).Unix()})
	environment(t, db, "directory")
	file := filepath.Join(t.TempDir(), "erased.json")
	say(t, "noted 0 erasures", "note", file)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NotContains(t, string(content), "Visser", "it holds nobody")

	environment(t, db, "restored")
	for range 2 { // it can be repeated
		say(t, "corrections", "replay", file)
	}
	reader, err := table.Open(t.Context(), time.Now)
	require.NoError(t, err)
	user, err := reader.User(t.Context(), ann)
	require.NoError(t, err)
	require.Equal(t, []string{"Ann Visser", "visser@customer.example", "", "Architect", "Design", "two", "2"},
		[]string{user.Name, user.Email, user.Phone, user.JobTitle, user.Department, user.Photo, user.ConsentVersion})
	roster, err := reader.Roster(t.Context(), business)
	require.NoError(t, err)
	require.Contains(t, roster.Members, table.Member{Person: ann, Name: "Ann Visser", ShowsCustomer: true,
		ShowsPresence: true, ShowsMore: true})
	require.Equal(t, []string{}, user.Shield, "she shows everything, which nothing given would not")
	require.Equal(t, []string{"a"}, user.Objections)
	require.True(t, *user.EmergencyOfficer)
	require.False(t, user.OfficerConfirmed, "what was confirmed went with her word, and did not come back by itself")
	for name, who := range map[string]identity.Person{"visser": ann, "ann": ben} {
		found, err := reader.PersonAt(t.Context(), hash(name))
		require.NoError(t, err)
		require.Equal(t, who, found)
	}
	_, err = reader.PersonAt(t.Context(), hash("ben"))
	require.ErrorIs(t, err, table.ErrAbsent, "an address that was given up is nobody's")
	spots, names, err := reader.Favourites(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, spots)
	require.Equal(t, []table.Colleague{{ID: "two", Name: "Chen"}}, names)
}

// 4.d.5
func TestTheDeviceInABackupIsNotThatOfWhoSignedInSince(t *testing.T) {
	db := enginetest.New(t, time.Now())
	business := db.NewCustomer(t, "Customer B.V.", "customer.example")
	since, before := register(t, db, business, "since"), register(t, db, business, "before")
	for p, ago := range map[identity.Person]time.Duration{since: time.Hour, before: 50 * time.Hour} {
		at := db.Clock.Now().Add(-ago)
		db.Put(t, privacy.Directory, table.PersonPartition(p), "user",
			map[string]any{"business": business, "role": "user", "name": "x",
				"member_of": table.MemberOf(p), "email": "x@customer.example", "language": "en", "os": "iOS",
				"os_release": "26.1"})
		db.Put(t, privacy.Agenda, table.PersonPartition(p), "login",
			map[string]any{"requested_at": at, "logged_in_at": at,
				"ip": "192.0.2.1", "login_name": "x@customer.example", "ttl": at.Add(42 * 24 * time.Hour).Unix()})
	}
	environment(t, db, "directory")
	file := filepath.Join(t.TempDir(), "erased.json")
	say(t, "noted", "note", file)
	say(t, "2 corrections", "replay", file)
	for p, os := range map[identity.Person]string{since: "", before: "iOS"} {
		user, err := db.Tables().User(t.Context(), p)
		require.NoError(t, err)
		require.Equal(t, os, user.OS)
	}
}

// 7.erase, 4.e.2
func TestNothingStaysOfWhoRegisteredAfterTheMomentOfTheBackup(t *testing.T) {
	db := enginetest.New(t, time.Now())
	business := db.NewCustomer(t, "Customer B.V.", "customer.example")
	stays := register(t, db, business, "stays")
	restored(t, db, "restored")
	late := register(t, db, business, "late")
	for _, p := range []identity.Person{stays, late} {
		db.Put(t, privacy.Agenda, table.PersonPartition(p), "login",
			map[string]any{"requested_at": db.Clock.Now(), "ip": "192.0.2.1",
				"login_name": "x@customer.example", "ttl": db.Clock.Now().Add(time.Hour).Unix()})
	}
	environment(t, db, "restored")
	file := filepath.Join(t.TempDir(), "erased.json")
	say(t, "noted", "note", file)
	say(t, "erased 1 people who registered after", "replay", file)
	require.Nil(t, db.Item(t, privacy.Agenda, table.PersonPartition(late), "login"))
	require.NotNil(t, db.Item(t, privacy.Agenda, table.PersonPartition(stays), "login"))
	job, err := db.Tables().Erasure(t.Context(), late)
	require.NoError(t, err, "and its job stands for what is in other stores")
	require.True(t, job.Mailed, "but mails nobody")
	say(t, "erased 0 people", "replay", file)
}

func TestARestoreThatTookLongerThanCorrectionsAreKnownSaysSo(t *testing.T) {
	db := enginetest.New(t, time.Now())
	environment(t, db, "directory")
	file := filepath.Join(t.TempDir(), "erased.json")
	content, err := json.Marshal(notes{At: time.Now().Add(-26 * time.Hour)})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, content, 0o600))
	require.ErrorContains(t, run(t.Context(), []string{"replay", file}, &bytes.Buffer{}),
		"in the first 2h0m0s of the backup's day")
}

func TestNothingIsDoneWithoutTheTablesAndTheKey(t *testing.T) {
	t.Setenv("KEY_SECRET", "")
	require.ErrorContains(t, run(t.Context(), []string{"replay", "none"}, &bytes.Buffer{}), "KEY_SECRET")
	t.Setenv("KEY_SECRET", keySecret(t))
	t.Setenv("AGENDA_TABLE", "")
	require.ErrorContains(t, run(t.Context(), []string{"replay", "none"}, &bytes.Buffer{}), "AGENDA_TABLE")
	require.ErrorContains(t, run(t.Context(), []string{"replay"}, &bytes.Buffer{}), "usage")
}

func TestAFileThatIsNotTheLedgersIsRefused(t *testing.T) {
	db := enginetest.New(t, time.Now())
	environment(t, db, "directory")
	file := filepath.Join(t.TempDir(), "erased.json")
	require.Error(t, run(t.Context(), []string{"replay", file}, &bytes.Buffer{}))
	require.NoError(t, os.WriteFile(file, []byte("other"), 0o600))
	require.ErrorContains(t, run(t.Context(), []string{"replay", file}, &bytes.Buffer{}), "was not written by")
}

func say(t *testing.T, wanted string, arguments ...string) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), arguments, &out))
	require.Contains(t, out.String(), wanted)
}

// environment is a function's, with the engine in AWS's place.
func environment(t *testing.T, db *enginetest.Database, directory string) {
	t.Helper()
	key, err := db.Client.Options().Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": enginetest.URL(t), "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID":     key.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY": "local", "AGENDA_TABLE": "agenda", "DIRECTORY_TABLE": directory,
		"KEY_SECRET": keySecret(t)} {
		t.Setenv(name, value)
	}
}

func keySecret(t *testing.T) string {
	t.Helper()
	text, err := enginetest.Roots.Text()
	require.NoError(t, err)
	return text
}

func hash(name string) identity.Entries {
	return identity.Email(name + "@customer.example").Entries(enginetest.Keys[secret.Addresses])
}

// register puts a person into the directory with a favourite.
func register(t *testing.T, db *enginetest.Database, business, name string) identity.Person {
	t.Helper()
	p := identity.Person{Business: business, User: (name + "aaaaaaaaaaaaaaaa")[:16]}
	db.Put(t, privacy.Directory, table.PersonPartition(p), "user",
		map[string]any{"business": business, "role": "user", "name": name,
			"member_of": table.MemberOf(p), "email": name + "@customer.example", "language": "en"})
	db.Put(t, privacy.Directory, table.PersonPartition(p), "favourite#one",
		map[string]any{"spot": "one", "location": "one"})
	db.Put(t, privacy.Directory, "address#"+hash(name)[0], "address",
		map[string]any{"business": business, "user": p.User})
	db.Count(t, business, 1)
	require.NoError(t, db.Tables().MendRoster(t.Context(), business))
	return p
}

// restored makes a table as the directory is at this moment.
func restored(t *testing.T, db *enginetest.Database, name string) {
	t.Helper()
	for _, table := range catalog.Tables {
		if table.Name == catalog.Directory {
			require.NoError(t, engine.CreateTable(t.Context(), db.Client, table, name))
		}
	}
	for _, item := range db.Dump(t, privacy.Directory) {
		_, err := db.Client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(name), Item: item})
		require.NoError(t, err)
	}
}

// items are the partitions of a table's items.
func items(t *testing.T, db *enginetest.Database, name string) []string {
	t.Helper()
	page, err := db.Client.Scan(t.Context(), &dynamodb.ScanInput{TableName: aws.String(name)})
	require.NoError(t, err)
	var found []string
	for _, item := range page.Items {
		found = append(found, enginetest.Plain(item)["pk"])
	}
	return found
}
