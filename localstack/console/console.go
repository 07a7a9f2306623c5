// Package console is the page to look into the local stack with: the mailbox, the clock, DNS, the logs, what was put
// aside, and which calls functions were seen to make.
package console

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/jhillyerd/enmime"

	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/aws/sqs"
	"github.com/iotspot/iotspot/localstack/guard"
	"github.com/iotspot/iotspot/shared/staff"
)

// A Line is one that a process wrote.
type Line struct {
	At       time.Time `json:"at"` // by the moved clock
	Function string    `json:"function"`
	Text     string    `json:"text"`
}

// A DeadLetter is an event that was given up.
type DeadLetter struct {
	At       time.Time `json:"at"`
	Function string    `json:"function"` // "": no rule matched
	Reason   string    `json:"reason"`
	Event    string    `json:"event"`
}

// A Stack is what is looked into.
type Stack interface {
	Now() time.Time
	Move(by time.Duration) error
	MoveTo(at time.Time) error
	Logs() []Line
	DeadLetters() []DeadLetter
	PutAside() map[string][]sqs.Message // by queue
	Calls() []guard.Call
	Receive(mail ses.Incoming) error
	SetRecords(name string, texts ...string) error
	Records() map[string][]string
	Staff(ctx context.Context, order staff.Order) (enrolment string, err error)
	Allot(ctx context.Context, business string, devices ...string) error
}

//go:embed page.html
var page string

var pages = template.Must(template.New("page").Parse(page))

// New serves the console.
func New(stack Stack, box *ses.Mailbox, addresses map[string]string) http.Handler {
	c := &console{stack: stack, box: box, addresses: addresses}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", c.home)
	mux.HandleFunc("GET /mailbox", c.mails)
	mux.HandleFunc("GET /mailbox/{mail}", c.mail)
	mux.HandleFunc("GET /mailbox/{mail}/{part}", c.part)
	mux.HandleFunc("POST /support-mail", c.receive)
	mux.HandleFunc("GET /dns", func(w http.ResponseWriter, _ *http.Request) { answer(w, stack.Records()) })
	mux.HandleFunc("POST /dns", c.setRecords)
	mux.HandleFunc("POST /staff", c.staff)
	mux.HandleFunc("POST /devices", c.allot)
	mux.HandleFunc("GET /clock", c.clock)
	mux.HandleFunc("POST /clock", c.move)
	mux.HandleFunc("GET /logs", c.logs)
	mux.HandleFunc("GET /dead-letters", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"events": orEmpty(stack.DeadLetters()), "queues": stack.PutAside()})
	})
	mux.HandleFunc("GET /calls", func(w http.ResponseWriter, _ *http.Request) { answer(w, orEmpty(stack.Calls())) })
	return local(mux)
}

// local refuses a name that is not this machine's, so that no page from elsewhere can read the mailbox through a name
// of its own that points here.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "the console answers this machine alone", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

type console struct {
	stack     Stack
	box       *ses.Mailbox
	addresses map[string]string
}

// A listed mail also tells its subject.
type listed struct {
	ses.Mail
	Subject string `json:"subject"`
}

func (c *console) list() []listed {
	mails := []listed{}
	for _, mail := range c.box.All() {
		one := listed{Mail: mail}
		if envelope, err := enmime.ReadEnvelope(bytes.NewReader(mail.Raw)); err == nil {
			one.Subject = envelope.GetHeader("Subject")
		}
		mails = append(mails, one)
	}
	return mails
}

func (c *console) home(w http.ResponseWriter, _ *http.Request) {
	var out bytes.Buffer
	mails := c.list()
	slices.Reverse(mails)
	err := pages.ExecuteTemplate(&out, "page", map[string]any{"Addresses": c.addresses,
		"Now":   c.stack.Now().Format(time.RFC3339),
		"Mails": mails, "Dead": len(c.stack.DeadLetters()), "Aside": c.stack.PutAside()})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(out.Bytes())
}

// mails lists the mailbox, the oldest first; ?to= keeps those to one address.
func (c *console) mails(w http.ResponseWriter, r *http.Request) {
	mails := c.list()
	if to := r.URL.Query().Get("to"); to != "" {
		mails = slices.DeleteFunc(mails, func(m listed) bool { return m.To != to })
	}
	answer(w, mails)
}

func (c *console) find(w http.ResponseWriter, r *http.Request) (ses.Mail, *enmime.Envelope, bool) {
	for _, mail := range c.box.All() {
		if mail.ID != r.PathValue("mail") {
			continue
		}
		envelope, err := enmime.ReadEnvelope(bytes.NewReader(mail.Raw))
		if err != nil {
			http.Error(w, "the mail can't be read: "+err.Error(), http.StatusInternalServerError)
			return mail, nil, false
		}
		return mail, envelope, true
	}
	http.Error(w, "there is no such mail", http.StatusNotFound)
	return ses.Mail{}, nil, false
}

// mail is one mail in JSON, with its text, its HTML and the names of its attachments.
func (c *console) mail(w http.ResponseWriter, r *http.Request) {
	mail, envelope, ok := c.find(w, r)
	if !ok {
		return
	}
	attachments := map[string]string{}
	for _, part := range envelope.Attachments {
		attachments[part.FileName] = string(part.Content)
	}
	answer(w, map[string]any{"id": mail.ID, "at": mail.At, "to": mail.To, "subject": envelope.GetHeader("Subject"),
		"text": envelope.Text, "html": envelope.HTML, "attachments": attachments})
}

// part is a mail as its reader sees it, in HTML or plain text, or as it was sent.
func (c *console) part(w http.ResponseWriter, r *http.Request) {
	mail, envelope, ok := c.find(w, r)
	if !ok {
		return
	}
	h := w.Header()
	// No script, nothing fetched: as a mail client that keeps its reader's privacy. Forms work: the erasure is one.
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-forms "+
		"allow-popups allow-top-navigation-by-user-activation")
	h.Set("Content-Type", "text/plain; charset=utf-8")
	switch r.PathValue("part") {
	case "html":
		h.Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(envelope.HTML))
	case "text":
		w.Write([]byte(envelope.Text))
	case "raw":
		w.Write(mail.Raw)
	default:
		http.Error(w, "a mail has html, text and raw", http.StatusNotFound)
	}
}

func (c *console) clock(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]string{"now": c.stack.Now().Format(time.RFC3339)})
}

// move takes {"by":"15h"} or {"to":"2026-11-23T00:00:00+01:00"}. It wants JSON so that no form elsewhere can send it.
func (c *console) move(w http.ResponseWriter, r *http.Request) {
	var asked struct{ By, To string }
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if r.Header.Get("Content-Type") != "application/json" || decoder.Decode(&asked) != nil ||
		(asked.By == "") == (asked.To == "") {
		http.Error(w, `accepted, as application/json: {"by":"15h"} or {"to":"2026-11-23T00:00:00+01:00"}`,
			http.StatusBadRequest)
		return
	}
	if err := c.moveAs(asked.By, asked.To); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.clock(w, r)
}

func (c *console) moveAs(by, to string) error {
	if by != "" {
		duration, err := time.ParseDuration(by)
		if err != nil {
			return err
		}
		return c.stack.Move(duration)
	}
	at, err := time.Parse(time.RFC3339, to)
	if err != nil {
		return err
	}
	return c.stack.MoveTo(at)
}

// receive takes a message to the support address as SES would get it; ?envelope= is its envelope's sender, where that
// is not the From (empty: a bounce), and ?forged=true says that its sender is not proved.
func (c *console) receive(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, ses.MaxReceived))
	if r.Header.Get("Content-Type") != "message/rfc822" || err != nil {
		http.Error(w, "accepted: a message of at most 40 MB as message/rfc822", http.StatusBadRequest)
		return
	}
	query := r.URL.Query()
	mail := ses.Incoming{Raw: raw, Envelope: ses.From(raw), Forged: query.Get("forged") == "true",
		Lost: query.Get("lost") == "true"}
	if query.Has("envelope") {
		mail.Envelope = query.Get("envelope")
	}
	if err := c.stack.Receive(mail); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

// setRecords takes {"name":"_iotspot-challenge.example.com","txt":["…"]}: the TXT records that a name has from now
// on.
func (c *console) setRecords(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Name string
		TXT  []string
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10))
	decoder.DisallowUnknownFields()
	if r.Header.Get("Content-Type") != "application/json" || decoder.Decode(&asked) != nil {
		http.Error(w,
			`accepted, as application/json: {"name":"_iotspot-challenge.example.com","txt":["iotspot-domain=…"]}`,
			http.StatusBadRequest)
		return
	}
	if err := c.stack.SetRecords(asked.Name, asked.TXT...); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer(w, c.stack.Records())
}

// staff takes what the operator's command scripts/staff takes, as {"do":"add","email":"sam@iotspot.example",…}, and
// gives what that prints: the secret of an enrolment.
func (c *console) staff(w http.ResponseWriter, r *http.Request) {
	var order staff.Order
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10))
	decoder.DisallowUnknownFields()
	if r.Header.Get("Content-Type") != "application/json" || decoder.Decode(&order) != nil {
		http.Error(w, `accepted, as application/json: {"do":"add","email":"sam@iotspot.example",`+
			`"name":"Sam Support","language":"en"}`, http.StatusBadRequest)
		return
	}
	enrolment, err := c.stack.Staff(r.Context(), order)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer(w, map[string]string{"enrolment": enrolment})
}

// allot takes what the operator's command scripts/devices takes.
func (c *console) allot(w http.ResponseWriter, r *http.Request) {
	var order struct {
		Account string   `json:"account"`
		Devices []string `json:"devices"`
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	decoder.DisallowUnknownFields()
	if r.Header.Get("Content-Type") != "application/json" || decoder.Decode(&order) != nil {
		http.Error(w, `accepted, as application/json: {"account":"<its id>","devices":["desk-1"]}`,
			http.StatusBadRequest)
		return
	}
	if err := c.stack.Allot(r.Context(), order.Account, order.Devices...); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// logs are the last lines; ?function= keeps those of one.
func (c *console) logs(w http.ResponseWriter, r *http.Request) {
	lines := c.stack.Logs()
	if function := r.URL.Query().Get("function"); function != "" {
		lines = slices.DeleteFunc(lines, func(l Line) bool { return l.Function != function })
	}
	answer(w, orEmpty(lines[max(0, len(lines)-1000):]))
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.Encode(value)
}
