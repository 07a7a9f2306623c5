// Package ses is SES v2 on one machine: it takes raw messages and keeps them as delivered. It stands for the
// mailboxes of the people written to, which are outside the system. It implements SendEmail with raw content by one
// configuration set, ListSuppressedDestinations and DeleteSuppressedDestination, with the parameters named here and
// no others; whether a mail bounces is for the stack to say.
package ses

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// A Mail is one delivered message.
type Mail struct {
	ID  string    `json:"id"`
	At  time.Time `json:"at"` // by the moved clock
	To  string    `json:"to"`
	Raw []byte    `json:"raw"` // RFC 5322; base64 in JSON
	// Mark is the one tag that a mail of ours may have.
	Mark string `json:"mark,omitempty"`
}

// A Mailbox holds every mail that was sent, oldest first.
type Mailbox struct {
	sender string
	set    string
	folder string
	now    func() time.Time

	mu         sync.Mutex
	mails      []Mail
	suppressed map[string]bool
}

// What SES takes (API_SendEmail, API_Destination): bytes of a message, and characters before the @.
const (
	maxMessage = 40 << 20
	maxLocal   = 64
)

func notASCII(r rune) bool { return r > unicode.MaxASCII }

// Open reads what the folder holds; "" keeps mail in memory. Sender is the one identity from which may be sent, and
// set the one configuration set, which has the suppression list switched off: it neither heeds the list nor adds to
// it.
func Open(folder, sender, set string, now func() time.Time) (*Mailbox, error) {
	m := &Mailbox{sender: sender, set: set, folder: folder, now: now, suppressed: map[string]bool{}}
	if folder == "" {
		return m, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var kept Mail
		if err := json.Unmarshal(content, &kept); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		m.mails = append(m.mails, kept)
	}
	slices.SortStableFunc(m.mails, func(a, b Mail) int { return a.At.Compare(b.At) })
	return m, nil
}

// All are the mails, oldest first.
func (m *Mailbox) All() []Mail {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

// To are the mails to one address, oldest first.
func (m *Mailbox) To(address string) []Mail {
	return slices.DeleteFunc(m.All(), func(mail Mail) bool { return !strings.EqualFold(mail.To, address) })
}

// Suppress puts an address on the account's suppression list, as mail that is sent without the set does when it
// bounces.
func (m *Mailbox) Suppress(address string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.suppressed[strings.ToLower(address)] = true
}

// Suppressed is the suppression list.
func (m *Mailbox) Suppressed() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var addresses []string
	for address := range m.suppressed {
		addresses = append(addresses, address)
	}
	slices.Sort(addresses)
	return addresses
}

func (m *Mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	const list = "/v2/email/suppression/addresses/"
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/v2/email/outbound-emails":
		m.send(w, r)
	case r.Method == http.MethodGet && r.URL.Path == strings.TrimSuffix(list, "/"):
		m.listSuppressed(w, r)
	case r.Method == http.MethodDelete && strings.HasPrefix(r.URL.EscapedPath(), list):
		m.unsuppress(w, r, strings.TrimPrefix(r.URL.EscapedPath(), list))
	default:
		protocol.Refuse(w, r, http.StatusNotImplemented, "NotImplemented",
			"the mailbox has no "+r.Method+" "+strings.SplitN(r.URL.Path, "@", 2)[0])
	}
}

type sendRequest struct {
	FromEmailAddress     string
	ConfigurationSetName string
	Destination          struct{ ToAddresses []string }
	Content              struct{ Raw struct{ Data []byte } }
	EmailTags            []struct{ Name, Value string }
}

// mark is the value of the one tag that may be there.
func (r sendRequest) mark() string {
	if len(r.EmailTags) == 0 {
		return ""
	}
	return r.EmailTags[0].Value
}

// tagText is what SES takes of a tag's name and value.
var tagText = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (m *Mailbox) send(w http.ResponseWriter, r *http.Request) {
	var request sendRequest
	if err := protocol.Decode(r, &request); err != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "BadRequestException", err.Error())
		return
	}
	if err := m.check(request); err != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "MessageRejected", err.Error())
		return
	}
	kept := Mail{ID: protocol.ID(), At: m.now().UTC(), To: request.Destination.ToAddresses[0],
		Raw: request.Content.Raw.Data, Mark: request.mark()}
	if err := m.keep(kept); err != nil {
		protocol.Refuse(w, r, http.StatusInternalServerError, "InternalFailure", err.Error())
		return
	}
	protocol.Answer(w, r, map[string]string{"MessageId": kept.ID})
}

// check names the part that is wrong and no address.
func (m *Mailbox) check(request sendRequest) error {
	if request.FromEmailAddress != m.sender {
		return fmt.Errorf("the sender is not the verified identity %s", m.sender)
	}
	if request.ConfigurationSetName != m.set {
		return fmt.Errorf("the configuration set is not %s, so SES would keep the addresses that bounce", m.set)
	}
	if len(request.Destination.ToAddresses) != 1 {
		return fmt.Errorf("%d receivers: this stand-in takes one", len(request.Destination.ToAddresses))
	}
	for _, tag := range request.EmailTags {
		if tag.Name != "mark" || !tagText.MatchString(tag.Value) || len(request.EmailTags) > 1 {
			return fmt.Errorf("a mail has one tag, mark, of letters, digits, _ and -")
		}
	}
	to, err := mail.ParseAddress(request.Destination.ToAddresses[0])
	if err != nil || to.Name != "" {
		return fmt.Errorf("the receiver is not one bare address")
	}
	if local, _, _ := strings.Cut(to.Address, "@"); len(local) > maxLocal || strings.ContainsFunc(local, notASCII) {
		return fmt.Errorf("the receiver's local part has %d characters of ASCII at most", maxLocal)
	}
	raw := request.Content.Raw.Data
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	switch {
	case len(raw) > maxMessage:
		return fmt.Errorf("the message is larger than %d bytes", maxMessage)
	case err != nil:
		return fmt.Errorf("the message can't be read: no header and body")
	case message.Header.Get("From") == "" || message.Header.Get("To") == "" || message.Header.Get("Date") == "":
		return fmt.Errorf("the message lacks From, To or Date")
	}
	return nil
}

// keep delivers a mail.
func (m *Mailbox) keep(kept Mail) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.folder != "" {
		content, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(m.folder, kept.ID+".json"), content, 0o600); err != nil {
			return err
		}
	}
	m.mails = append(m.mails, kept)
	return nil
}

// mostListed is the most addresses that one answer lists. The stand-in has no second page.
const mostListed = 1000

func (m *Mailbox) listSuppressed(w http.ResponseWriter, r *http.Request) {
	type summary struct {
		EmailAddress, Reason string
		LastUpdateTime       int64
	}
	list := []summary{}
	for _, address := range m.Suppressed() {
		list = append(list, summary{address, "BOUNCE", m.now().Unix()})
	}
	query := r.URL.Query()
	query.Del("PageSize")
	if len(query) > 0 || len(list) > mostListed {
		protocol.Refuse(w, r, http.StatusNotImplemented, "NotImplemented",
			"the mailbox lists the suppressed on one page, and unfiltered")
		return
	}
	protocol.Answer(w, r, map[string]any{"SuppressedDestinationSummaries": list})
}

func (m *Mailbox) unsuppress(w http.ResponseWriter, r *http.Request, escaped string) {
	address, err := url.PathUnescape(escaped)
	if err != nil || strings.Contains(address, "/") { // SES's own fault with it
		protocol.Refuse(w, r, http.StatusBadRequest, "BadRequestException", "the address can't be read")
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.suppressed[strings.ToLower(address)] {
		protocol.Refuse(w, r, http.StatusNotFound, "NotFoundException", "the address is not on the suppression list")
		return
	}
	delete(m.suppressed, strings.ToLower(address))
	protocol.Answer(w, r, map[string]string{})
}
