// Package day lives one day of an office through the public interfaces alone: HTTP, MQTT and the mailboxes of the
// people who take part. The tour tells it to a reader and the story test looks behind it afterwards.
package day

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jhillyerd/enmime"
)

// A Client is somebody with an ordinary HTTP client, a phone for the mail, and a sensor or two.
type Client struct {
	API     string // address of the HTTP API
	Console string // address of the local stack's console: mailbox and clock
	MQTT    string // address of the broker, host:port
	Say     func(format string, args ...any)
	HTTP    http.Client
	Before  func(title string)             // is told of each step
	Phone   func(email string) http.Client // that of each person; nil: all use the same

	err  error // the first thing that went otherwise than it should; nothing is done after it
	seen map[string]bool
	keys int
	key  string // the last Idempotency-Key
	lost bool   // the answer to the last request was lost, so that the next one has its key
}

// An Answer is what came back; a path as "reservations.0.id" finds a value in it.
type Answer struct {
	Status int
	Body   []byte
	Header http.Header
	json   any
}

// Get finds a value, nil when it is not there.
func (a Answer) Get(path string) any {
	value := a.json
	for _, name := range strings.Split(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			value = at[name]
		case []any:
			var i int
			if _, err := fmt.Sscan(name, &i); err != nil || i >= len(at) {
				return nil
			}
			value = at[i]
		default:
			return nil
		}
	}
	return value
}

// Text finds a text, "" when it is not there.
func (a Answer) Text(path string) string {
	text, _ := a.Get(path).(string)
	return text
}

// as lets somebody else's phone make what follows.
func (d *Day) as(p *Person) {
	if d.Phone != nil {
		d.HTTP = d.Phone(p.Email)
	}
}

func (c *Client) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// call makes a request, prints it, and compares its status with the expected one.
func (c *Client) call(ctx context.Context, want int, token, method, path string, body any) Answer {
	content := []byte(nil)
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			c.fail("%w", err)
		}
	}
	return c.send(ctx, want, token, method, path, "application/json", content)
}

// twice makes a request as who has lost the answer: once more under the same Idempotency-Key, with the same answer.
func (c *Client) twice(ctx context.Context, want int, method, path string, body any) Answer {
	first := c.call(ctx, want, "", method, path, body)
	c.lost = true
	defer func() { c.lost = false }()
	again := c.call(ctx, want, "", method, path, body)
	if c.err == nil && !bytes.Equal(first.Body, again.Body) {
		c.fail("%s %s: a repeat is answered %s", method, path, again.Body)
	}
	return again
}

func (c *Client) send(ctx context.Context, want int, token, method, path, mediaType string, content []byte) Answer {
	if c.err != nil {
		return Answer{}
	}
	request, err := http.NewRequestWithContext(ctx, method, c.API+path, bytes.NewReader(content))
	if err != nil {
		c.fail("%w", err)
		return Answer{}
	}
	if len(content) > 0 || mediaType != "application/json" {
		request.Header.Set("Content-Type", mediaType)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if method == http.MethodPost {
		if !c.lost {
			c.keys++
			c.key = fmt.Sprintf("tour-%d-%d", time.Now().UnixNano(), c.keys)
		}
		request.Header.Set("Idempotency-Key", c.key)
	}
	answer, err := c.do(request)
	if err != nil {
		c.fail("%s %s: %w", method, path, err)
		return answer
	}
	c.Say("  %-6s %s %s\n         → %d %s", method, short(path, 60), brief(mediaType, content), answer.Status,
		brief(answer.Header.Get("Content-Type"), answer.Body))
	if answer.Status != want {
		c.fail("%s %s: %d instead of %d: %s", method, path, answer.Status, want, answer.Body)
	}
	return answer
}

func (c *Client) do(request *http.Request) (Answer, error) {
	response, err := c.HTTP.Do(request)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 10<<20))
	answer := Answer{Status: response.StatusCode, Body: body, Header: response.Header}
	if strings.Contains(response.Header.Get("Content-Type"), "json") && err == nil {
		err = json.Unmarshal(body, &answer.json)
	}
	return answer, err
}

// brief is a body in a line; what is neither JSON nor a page is only measured.
func brief(mediaType string, content []byte) string {
	if len(content) == 0 || strings.Contains(mediaType, "json") {
		return short(string(content), 110)
	}
	return fmt.Sprintf("(%d bytes of %s)", len(content), mediaType)
}

func short(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// A letter is a mail as its reader sees it.
type letter struct {
	Subject, Text, HTML string
	Attachments         []string
	Raw                 []byte
}

// patience is how long a mail may take on the way.
const patience = 60 * time.Second

// mail waits for the next mail to an address that was not read yet.
func (c *Client) mail(ctx context.Context, to string) letter {
	for end := time.Now().Add(patience); c.err == nil && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		var mails []struct{ ID, To string }
		if err := json.Unmarshal(c.console(ctx, "/mailbox"), &mails); err != nil {
			c.fail("the mailbox: %w", err)
			break
		}
		for _, mail := range slices.Backward(mails) { // the latest is listed first
			if mail.To == to && !c.seen[mail.ID] {
				c.seen[mail.ID] = true
				return c.open(c.console(ctx, "/mailbox/"+mail.ID+"/raw"))
			}
		}
	}
	c.fail("no mail came")
	return letter{}
}

// mailsTo are the ids of all mails to an address.
func (c *Client) mailsTo(ctx context.Context, to string) []string {
	var mails []struct{ ID string }
	if err := json.Unmarshal(c.console(ctx, "/mailbox?to="+url.QueryEscape(to)), &mails); err != nil {
		c.fail("the mailbox: %w", err)
	}
	var ids []string
	for _, mail := range mails {
		ids = append(ids, mail.ID)
	}
	return ids
}

func (c *Client) console(ctx context.Context, path string) []byte {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Console+path, nil)
	if err != nil {
		c.fail("%w", err)
		return nil
	}
	answer, err := c.do(request)
	if err != nil {
		c.fail("the console: %w", err)
	}
	return answer.Body
}

// atConsole does something at the console, in JSON, and gives its answer.
func (c *Client) atConsole(ctx context.Context, path string, body any) (answer Answer) {
	if c.err != nil {
		return Answer{}
	}
	content, err := json.Marshal(body)
	if err != nil {
		c.fail("%w", err)
		return Answer{}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Console+path, bytes.NewReader(content))
	if err != nil {
		c.fail("%w", err)
		return Answer{}
	}
	request.Header.Set("Content-Type", "application/json")
	if answer, err = c.do(request); err != nil || answer.Status/100 != 2 {
		c.fail("the console, %s: %d %s %v", path, answer.Status, answer.Body, err)
	}
	return answer
}

func (c *Client) open(raw []byte) letter {
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		c.fail("the mail can't be read: %w", err)
		return letter{}
	}
	mail := letter{Subject: envelope.GetHeader("Subject"), Text: envelope.Text, HTML: envelope.HTML, Raw: raw}
	for _, part := range envelope.Attachments {
		mail.Attachments = append(mail.Attachments, part.FileName)
	}
	c.Say("         ✉ %q: %s", mail.Subject, short(mail.Text, 150))
	return mail
}

// move sets the local stack's clock forward to an instant.
func (c *Client) move(ctx context.Context, to time.Time) {
	c.atConsole(ctx, "/clock", object{"to": to.UTC().Format(time.RFC3339)})
	c.Say("         ⏱ it is %s", to.UTC().Format("Mon 2 Jan 15:04:05 UTC"))
}

// passes lets a time pass on the local stack's clock.
func (c *Client) passes(ctx context.Context, span time.Duration) {
	c.atConsole(ctx, "/clock", object{"by": span.String()})
	c.Say("         ⏱ %s later", span)
}

// until repeats a look until it sees what it should, since sensors and events take their time.
func (c *Client) until(what string, look func() bool) {
	for end := time.Now().Add(patience); c.err == nil && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if look() {
			return
		}
	}
	c.fail("it did not come about that %s", what)
}

// quietly looks without telling.
func (c *Client) quietly(ctx context.Context, token, path string) Answer {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.API+path, nil)
	if err != nil {
		c.fail("%w", err)
		return Answer{}
	}
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := c.do(request)
	if err != nil {
		c.fail("%w", err)
	}
	return answer
}
