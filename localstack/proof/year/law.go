package year

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/words"
)

// discloses lets staff disclose somebody's data, as a law requires, and now and then forbids to tell of
// (5.disclosure).
func (s *simulation) discloses(t *tenant, p *person, _ string) {
	ground, recipient := s.value(p, "5.disclosure ground", "order of the court, case ", "", true),
		s.value(p, "5.disclosure recipient", "Prosecutor ", "", true)
	body := object{"email": p.email, "kinds": []string{"4.a.1", "4.d.2"}, "ground": ground.text,
		"recipient": recipient.text}
	from := s.Clock.Now()
	if s.rng.IntN(2) == 0 {
		from = at(s.later(from.UTC().Format(time.DateOnly), 2), "00:00", time.UTC).AddDate(0, 0, 1)
		body["hidden_until"] = from.Format(time.DateOnly)
		ground.hidden, recipient.hidden = from, from
	}
	ground.gone, recipient.gone = from.Add(364*24*time.Hour), from.Add(364*24*time.Hour)
	made := false
	s.asStaff(func(sam *person) {
		made = s.ask("disclose", sam, "POST", "/staff/disclosures", body).Status == 201
	})
	if !made {
		s.ends(ground)
		s.ends(recipient)
	}
}

// asStaff lets the member of staff sign in, do something and sign out.
func (s *simulation) asStaff(do func(sam *person)) {
	sam := &person{ip: s.newIP()}
	asked := s.ask("ask to sign in as staff", sam, "POST", "/staff/sign-ins", object{"email": staffAddress})
	if asked.Status >= 300 {
		return
	}
	sam.token = s.done("sign in as staff", sam, "POST", "/staff/sessions",
		object{"sign_in": asked.Text("sign_in"), "code": s.Code(staffAddress),
			"passkey": s.passkey.Sign(passkey.Of(asked.Text("sign_in")))}).Text("token")
	do(sam)
	s.ask("sign out as staff", sam, "DELETE", "/staff/session", nil)
}

// leapDay is when a new version of the statement comes into force in every life that has one.
const leapDay = "2028-02-29"

// earlier is the version that everybody agreed to until then.
const earlier = "2026-01-01"

// newStatement is a new version of the statement (13.versions). Which one is in force is a constant of what was
// built, so it is lived the other way round: what everybody agreed to becomes an earlier one. Each of the people is
// told once.
func (s *simulation) newStatement() {
	s.newMail()
	for _, table := range []catalog.Resource{catalog.Directory, catalog.Agenda} {
		all, err := s.scan(s.t.Context(), string(table), nil)
		require.NoError(s.t, err)
		for _, p := range all {
			for _, name := range []string{"consent_version", "consent"} {
				if slices.Contains(p.names, name) {
					s.rewrite(string(table), p, name)
				}
			}
		}
	}
	issue := privacy.Issue{Version: privacy.StatementVersion,
		Changes: words.Text{NL: "wat nieuw is", EN: "what is new"}}
	teller := notice.Teller{Tables: s.Tables, Mail: s.World, Version: issue, PublicURL: "https://api.example"}
	for more := true; more; {
		s.must(func(ctx context.Context) (err error) { more, err = teller.Step(ctx); return err })
	}
	for _, t := range s.tenants {
		for _, p := range slices.Concat(t.people, t.guests) {
			p.outdated = true
		}
		for _, p := range t.people {
			if told := len(slices.DeleteFunc(s.Post.To(p.email),
				func(m mail.Message) bool { return m.Kind != mail.NewStatement })); told != 1 {
				s.found("%s was told %d times of the new statement", p.id, told)
			}
			p.refuses = !p.admin && s.rng.IntN(8) == 0
		}
	}
	s.figures.Done["publish a statement"]++
}

func (s *simulation) rewrite(table string, p part, name string) {
	text := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
	_, err := s.Client.UpdateItem(s.t.Context(), &dynamodb.UpdateItemInput{TableName: aws.String(table),
		Key:                       map[string]types.AttributeValue{"pk": text(p.pk), "sk": text(p.sk)},
		UpdateExpression:          aws.String("SET #name = :version"),
		ExpressionAttributeNames:  map[string]string{"#name": name},
		ExpressionAttributeValues: map[string]types.AttributeValue{":version": text(earlier)}})
	require.NoError(s.t, err)
}

// agrees reports whether somebody may do more than view, export, object and erase: consent to a new statement is
// given when it is first needed, by all but a few.
func (s *simulation) agrees(p *person) bool {
	if p.outdated && !p.refuses {
		p.outdated = s.ask("consent again", p, "POST", "/me/consents", consenting).Status >= 300
	}
	return !p.outdated
}

var consenting = object{"version": whole.Consent["version"], "agreed": true, "language": "en"}

// declines is what remains for somebody who does not agree to the new statement.
func (s *simulation) declines(t *tenant, p *person, date string) {
	for _, refused := range []struct{ method, path string }{{"GET", "/colleagues?name=" +
		s.never("5 search", "", "")}, {"GET", "/me/agenda"}, {"PUT", "/me/favourites/spots/" + t.desks[0]}} {
		if status := s.ask("act without consent", p, refused.method, refused.path, nil).Status; status != 403 {
			s.found("%s %s was answered with %d to somebody who has not agreed to the statement", refused.method,
				refused.path, status)
		}
	}
	switch s.rng.IntN(12) {
	case 0:
		s.leave(t, p, date)
	case 1, 2, 3, 4:
		s.overview(t, p, date)
	case 5, 6, 7, 8:
		s.done("object without consent", p, "PATCH", "/me", object{"objections": []string{"a"}})
		p.noDevice, p.noLogin = false, false
	default:
		s.done("view without consent", p, "GET", "/me", nil)
	}
}
