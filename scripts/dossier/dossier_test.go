package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/statistics"
)

func ours(t *testing.T) deployment {
	t.Helper()
	d, err := configured("../../cdk.json")
	require.NoError(t, err)
	return d
}

func TestTheDossierIsThatOfTheRegisterTheCatalogAndTheConfiguration(t *testing.T) {
	kept, err := os.ReadFile("DOSSIER.md")
	require.NoError(t, err)
	require.Equal(t, ours(t).markdown(), string(kept), "run go run ./scripts/dossier")
}

func TestEveryKindStandsInTheRecordTheMapAndTheScheduleWithNothingLeftEmpty(t *testing.T) {
	parts := ours(t).parts()
	for _, p := range parts[:3] {
		require.Len(t, p.Rows, len(privacy.Kinds), p.Title)
		for i, kind := range privacy.Kinds {
			require.Equal(t, string(kind.Clause), p.Rows[i][0])
			for n, cell := range p.Rows[i] {
				require.True(t, cell != "" || p.Head[n] == "other functions" || p.Head[n] == "store: item",
					"%s of %s",
					p.Head[n], kind.Clause)
			}
		}
	}
	for _, p := range parts {
		for _, row := range p.Rows {
			require.Len(t, row, len(p.Head), p.Title)
		}
	}
}

func TestWhatOnlyPeopleCanDecideIsAMarkedBlank(t *testing.T) {
	text := ours(t).markdown()
	for _, decided := range []string{"data protection officer", "works council", "what risk remains", "72 hours",
		"which party is controller"} {
		require.Contains(t, text, decided)
	}
	require.Greater(t, strings.Count(text, blank), 10)
}

func TestThePageToPrintIsWholeAndLoadsNothing(t *testing.T) {
	page := ours(t).page()
	for _, p := range ours(t).parts() {
		require.Contains(t, page, "<h2>"+html.EscapeString(p.Title)+"</h2>")
	}
	for _, forbidden := range []string{"<script", "src=", "<link", "url("} {
		require.NotContains(t, page, forbidden)
	}
}

func TestTheRequestsThatWereHandledStandInTheDossierOfADeployment(t *testing.T) {
	db := enginetest.New(t, time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC))
	for business, n := range map[string]int{"a": 3, "b": 4} {
		db.Put(t, privacy.Insight, business+"#handled", "handled#2026-11", map[string]any{"erasures#minute": n,
			"overviews#hour": 1})
	}
	d := ours(t)
	all, err := db.Tables().AllHandled(t.Context())
	require.NoError(t, err)
	d.handled = statistics.HandledMonths(all, time.Date(2026, 12, 2, 9, 0, 0, 0, time.UTC))
	require.Contains(t, d.markdown(), "| 2026-11 | erasures | 7 | a minute: 7; later: 0 |")
	require.NotContains(t, d.markdown(), "| overviews |", "that would be about few")
	require.Contains(t, ours(t).markdown(), blank+"the deployment's numbers")
}

func TestTheDataMapNamesTheInviterAndAdministratorsOfAGuestsName_4_d_3(t *testing.T) {
	kind, _ := privacy.KindOf("4.d.3")
	require.Contains(t, seenBy(kind), "the inviter and the administrators")
}

// named are what the stack is made of, by the package of the CDK, and the service's name in the dossier.
var named = map[string]string{"apigatewayv2": "Amazon API Gateway", "budgets": "AWS Budgets",
	"cloudwatch": "Amazon CloudWatch", "dynamodb": "Amazon DynamoDB", "events": "Amazon EventBridge",
	"iam": "AWS IAM",
	"iot": "AWS IoT Core", "iotwireless": "AWS IoT Core for LoRaWAN", "kms": "AWS KMS", "lambda": "AWS Lambda",
	"logs": "Amazon CloudWatch", "s3": "Amazon S3", "scheduler": "Amazon EventBridge Scheduler",
	"secretsmanager": "AWS Secrets Manager", "ses": "Amazon SES", "sns": "Amazon SNS",
	"snssubscriptions": "Amazon SNS",
	"sqs":              "Amazon SQS"}

func TestEachServiceThatTheStackIsMadeOfIsAmongTheSubProcessors(t *testing.T) { // GDPR art. 28
	d := ours(t)
	var told strings.Builder
	for _, row := range d.subProcessors().Rows {
		told.WriteString(row[0] + ", ")
	}
	files, err := filepath.Glob("../../infra/*.go")
	require.NoError(t, err)
	for _, file := range files {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, found := range regexp.MustCompile(`awscdk/v2/aws(\w+)"`).FindAllStringSubmatch(string(source), -1) {
			require.NotEmpty(t, named[found[1]], "%s: what is this service called?", found[1])
			require.Contains(t, told.String(), named[found[1]]+", ", file)
		}
		if strings.Contains(string(source), "xray:") {
			require.Contains(t, told.String(), "AWS X-Ray, ")
		}
	}
}

func TestTheRecordHasAllThatArticle30Asks(t *testing.T) {
	d := ours(t)
	record := d.record()
	text := strings.Join(record.Text, "\n")
	for _, particular := range []string{"Controller: ", "Contact: ", "joint controllers, representative and data " +
		"protection officer", "People concerned: ", "Recipients: ", "Transfers outside the European Union: ",
		"standard contractual clauses", "Security: "} { // (a), (c), (d), (e), (g)
		require.Contains(t, text, particular)
	}
	require.Equal(t, []string{"clause", "kind of data", "purposes", "legal basis", "kept"},
		record.Head) // (b), (c), (f)
}

func TestTheDPIAAndTheWorksCouncilsListNameEachKindThatReservingDeepened(t *testing.T) {
	risks, employer := text(dpia()), text(employer())
	for _, kind := range privacy.Kinds {
		if strings.HasPrefix(string(kind.Clause), "4.f") && kind.Clause != "4.f.4" {
			require.Contains(t, risks, string(kind.Clause), "%s: a risk, and what the design does about it", kind.EN)
		}
	}
	for _, known := range []string{"whose it is", "who is in a group", "who is away", "who waits", "who acts for whom",
		"who wants reminders", "calendar feed", "titles of meetings"} {
		require.Contains(t, employer, known)
	}
}

func text(p part) string {
	var all strings.Builder
	for _, row := range p.Rows {
		all.WriteString(strings.Join(row, " | ") + "\n")
	}
	return all.String()
}
