package approval

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/page"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// DecisionPath is where the link in a mail leads. What follows it is the request's id, the mark and the secret.
const (
	DecisionPath = "/decisions/"
	linkMark     = "."
)

var (
	approveLabel = words.Text{NL: "Goedkeuren", EN: "Approve"}
	declineLabel = words.Text{NL: "Afwijzen", EN: "Decline"}
)

// DecisionLink is the link of a mail.
type DecisionLink struct {
	Link string `json:"decision"`
}

// DecisionForm is the form as it was sent.
type DecisionForm struct {
	Link        string `json:"decision"`
	Content     []byte `json:"content"`
	ContentType string `json:"content_type"`
}

// OpenDecision shows what is asked for, with the form that decides it, and changes nothing. Every link that is unknown,
// that somebody has who decides nothing any more, or of what is decided or over, gets one and the same answer.
func (a Approvals) OpenDecision(ctx context.Context, _ identity.Caller, in DecisionLink) (page.Page, error) {
	q, language, err := a.linked(ctx, in.Link)
	if err != nil {
		return page.Page{}, err
	}
	request, err := requestOf(ctx, a.Tables, q)
	if err != nil {
		return page.Page{}, a.orUnknown(err)
	}
	asking := page.New(a.Controller, language, words.Text{NL: "Mag dit?", EN: "Is this all right?"},
		request.words(), request.dates(), request.lapses())
	asking.Button, asking.Harmless, asking.Other = approveLabel.In(language), true, declineLabel.In(language)
	return asking, nil
}

// ConfirmDecision decides from a mail, as Decide does in the app.
func (a Approvals) ConfirmDecision(ctx context.Context, _ identity.Caller, in DecisionForm) (page.Page, error) {
	as, title := table.Approved, words.Text{NL: "Goedgekeurd", EN: "Approved"}
	switch page.Chosen(in.Content) {
	case page.TheButton:
	case page.TheOther:
		as, title = table.Declined, words.Text{NL: "Afgewezen", EN: "Declined"}
	default:
		return page.Page{}, problem.New(problem.Malformed, "neither of the two buttons was pressed")
	}
	var language string
	err := table.Retry(func() error {
		q, spoken, err := a.linked(ctx, in.Link)
		if err != nil {
			return err
		}
		language = spoken
		return a.decide(ctx, q, as)
	})
	var refusal *problem.Error
	if errors.As(err, &refusal) && (refusal.Kind == problem.Conflict || refusal.Kind == problem.NotFound) {
		err = a.unknown() // also what was decided since it was read
	}
	if err != nil {
		return page.Page{}, err
	}
	return page.New(a.Controller, language, title, words.Text{NL: "Wie het vroeg, krijgt een e-mail.",
		EN: "Who asked gets an e-mail."}), nil
}

// linked finds what a link is about, while whoever it was mailed to can decide it, and their language.
func (a Approvals) linked(ctx context.Context, link string) (table.Asking, string, error) {
	id, token, _ := strings.Cut(link, linkMark)
	person, ok := bearer.Named(token)
	if !ok {
		return table.Asking{}, "", a.unknown()
	}
	all, err := a.Tables.Askings(ctx, identity.Person{Business: person.Business})
	if err != nil {
		return table.Asking{}, "", err
	}
	i := slices.IndexFunc(all, func(q table.Asking) bool { return q.ID == id && opens(q, token) })
	if i < 0 || !all[i].Waits(a.Now()) {
		return table.Asking{}, "", a.unknown()
	}
	user, err := a.Tables.User(ctx, person, "2.consent", "4.d.1", "4.language")
	if err != nil {
		return table.Asking{}, "", a.orUnknown(err)
	}
	decides, err := mayDecide(ctx, a.Tables, user, all[i].Group)
	if err == nil && !decides {
		err = a.unknown()
	}
	return all[i], words.LanguageOf(user.Language), err
}

func opens(q table.Asking, token string) bool {
	hash := secret.Hash(token)
	return slices.ContainsFunc(q.Links, func(link string) bool { return secret.Equal(link, hash) })
}

func mayDecide(ctx context.Context, tables *table.Tables, user table.User, group string) (bool, error) {
	if !agreed(user) {
		return false, nil
	}
	return booking.MayDecide(ctx, tables, identity.Caller{Person: user.Person, Role: user.Role}, group)
}

// orUnknown is the error, or that nothing is there.
func (a Approvals) orUnknown(err error) error {
	if errors.Is(err, table.ErrAbsent) {
		return a.unknown()
	}
	return err
}

func (a Approvals) unknown() error {
	return page.Unknown(a.Controller, words.Text{
		NL: "Er valt niets meer te beslissen: er is al over beslist, de tijd ervoor is voorbij, of wie het vroeg heeft het " +
			"ingetrokken. In de app zie je wat er nog op je wacht.",
		EN: "There is nothing to decide any more: it is decided already, its time is over, or who asked took it back. " +
			"The app shows what still waits for you."})
}
