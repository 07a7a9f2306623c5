package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/engine"
	"github.com/iotspot/iotspot/localstack/engine/enginetest"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/table"
)

// 7.erase
func TestARestoredDirectoryIsWithoutTheErasedBeforeAnyoneReadsIt(t *testing.T) {
	db := enginetest.New(t, time.Now())
	business := db.NewCustomer(t, "Customer B.V.", "customer.example")
	early, late, stays := register(t, db, business, "early"), register(t, db, business, "late"), register(t, db, business, "stays")
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
		say(t, "repeated 2 erasures and 1 ends of contracts; directory-restored holds nothing of any of them", "replay", file)
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
	left := slices.DeleteFunc(items(t, db, "directory-restored"), func(pk string) bool { return pk == table.PersonPartition(stays) })
	require.ElementsMatch(t, []string{"b#" + business, "domain#customer.example", "address#" + hash("stays")}, left)
	account, err := tables.Account(t.Context(), business)
	require.NoError(t, err)
	require.Equal(t, 1, account.Users) // 3.i
	require.Len(t, items(t, db, "directory"), 16, "the table that is in use is not touched")
}

// s.cleared, 4.b.1, 4.c.1, 4.c.2, 7.shield, 7.object
func TestWhatWasClearedInTheLastDayIsClearedAgainOnARestoredDirectory_s_cleared(t *testing.T) {
	db := enginetest.New(t, time.Now())
	business := db.NewCustomer(t, "Customer B.V.", "customer.example")
	ann, tables := register(t, db, business, "ann"), db.Tables()
	change := func(changes map[privacy.Clause]any) {
		require.NoError(t, tables.ChangeUser(t.Context(), ann, changes, false))
	}
	change(map[privacy.Clause]any{"4.b.1": "+31 30 1", "4.b.5": "Design", "7.shield": []string{"4.b.1"}})
	require.NoError(t, tables.AddColleague(t.Context(), ann, table.Colleague{ID: "one", Name: "Bram"}))
	require.NoError(t, tables.AddColleague(t.Context(), ann, table.Colleague{ID: "two", Name: "Chen"}))
	restored(t, db, "restored")

	change(map[privacy.Clause]any{"4.b.1": nil})
	change(map[privacy.Clause]any{"7.shield": nil, "7.object": []string{"a"}})
	require.NoError(t, tables.RemoveFavourite(t.Context(), ann, "one"))
	environment(t, db, "directory")
	file := filepath.Join(t.TempDir(), "erased.json")
	say(t, "and 4 items cleared", "note", file)
	require.NoError(t, tables.RemoveColleague(t.Context(), ann, "one")) // while the restore is under way
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NotContains(t, string(content), "+31")

	environment(t, db, "restored")
	say(t, "cleared 9 items again", "replay", file)
	reader, err := table.Open(t.Context(), time.Now)
	require.NoError(t, err)
	user, err := reader.User(t.Context(), ann)
	require.NoError(t, err)
	require.Equal(t, []string{"", "Design"}, []string{user.Phone, user.Department})
	require.Empty(t, user.Shield)
	require.Equal(t, []string{"a"}, user.Objections)
	spots, names, err := reader.Favourites(t.Context(), ann)
	require.NoError(t, err)
	require.Empty(t, spots)
	require.Equal(t, []table.Colleague{{ID: "two", Name: "Chen"}}, names)
}

func TestNothingIsDoneWithoutTheTablesAndTheKey(t *testing.T) {
	t.Setenv("HASH_KEY", "")
	require.ErrorContains(t, run(t.Context(), []string{"replay", "none"}, &bytes.Buffer{}), "HASH_KEY")
	t.Setenv("HASH_KEY", string(enginetest.Key))
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
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": enginetest.URL(t), "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": key.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY": "local", "AGENDA_TABLE": "agenda", "DIRECTORY_TABLE": directory, "HASH_KEY": string(enginetest.Key)} {
		t.Setenv(name, value)
	}
}

func hash(name string) string {
	return signin.AddressHash(enginetest.Key, identity.Email(name+"@customer.example"))
}

// register puts a person into the directory with a favourite.
func register(t *testing.T, db *enginetest.Database, business, name string) identity.Person {
	t.Helper()
	p := identity.Person{Business: business, User: (name + "aaaaaaaaaaaaaaaa")[:16]}
	db.Put(t, privacy.Directory, table.PersonPartition(p), "user", map[string]any{"business": business, "role": "user", "name": name,
		"member_of": table.MemberOf(p), "email": name + "@customer.example", "language": "en"})
	db.Put(t, privacy.Directory, table.PersonPartition(p), "favourite#one", map[string]any{"spot": "one", "location": "one"})
	db.Put(t, privacy.Directory, "address#"+hash(name), "address", map[string]any{"business": business, "user": p.User})
	account := db.Item(t, privacy.Directory, "b#"+business, "account")
	var users int
	require.NoError(t, dynamo.Unmarshal(account["users"], &users))
	db.Put(t, privacy.Directory, "b#"+business, "account", map[string]any{"legal_name": "Customer B.V.", "users": users + 1})
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
