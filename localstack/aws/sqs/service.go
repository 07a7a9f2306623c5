package sqs

import (
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// What SQS takes of a message, and of a batch of them.
const (
	MaxBody  = 1 << 20 // bytes with attributes, of all messages of a batch together too
	MaxDelay = 900     // seconds
	maxBatch = 10
)

// A Service serves queues over SQS's JSON protocol.
type Service map[string]*Queue

type message struct {
	MessageBody       string
	MessageAttributes map[string]struct{ DataType, StringValue string }
	DelaySeconds      int
}

type sendRequest struct {
	QueueUrl string
	message
}

type entry struct {
	Id string
	message
}

type batchRequest struct {
	QueueUrl string
	Entries  []entry
}

// A refusal is a code of SQS's and what is wrong.
type refusal struct{ code, text string }

func (s Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var answer any
	var refused *refusal
	switch operation := protocol.Operation(r); operation {
	case "SendMessage":
		var request sendRequest
		if err := protocol.Decode(r, &request); err != nil {
			refused = &refusal{"InvalidParameterValue", err.Error()}
			break
		}
		answer, refused = s.send(request)
	case "SendMessageBatch":
		var request batchRequest
		if err := protocol.Decode(r, &request); err != nil {
			refused = &refusal{"InvalidParameterValue", err.Error()}
			break
		}
		answer, refused = s.sendBatch(request)
	default:
		protocol.Refuse(w, r, http.StatusNotImplemented, "NotImplemented", "the queues have no "+operation)
		return
	}
	if refused != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, refused.code, refused.text)
		return
	}
	protocol.Answer(w, r, answer)
}

func (s Service) queue(url string) (*Queue, *refusal) {
	if queue := s[path.Base(url)]; queue != nil {
		return queue, nil
	}
	return nil, &refusal{"QueueDoesNotExist", "there is no such queue"}
}

func (s Service) send(request sendRequest) (any, *refusal) {
	queue, refused := s.queue(request.QueueUrl)
	if refused == nil {
		refused = request.check()
	}
	if refused != nil {
		return nil, refused
	}
	return request.put(queue), nil
}

// sendBatch refuses the whole batch where SQS would fail a single entry: ours are all alike.
func (s Service) sendBatch(request batchRequest) (any, *refusal) {
	queue, refused := s.queue(request.QueueUrl)
	if refused != nil {
		return nil, refused
	}
	ids, size := map[string]bool{}, 0
	for _, one := range request.Entries {
		if refused := one.check(); refused != nil {
			return nil, refused
		}
		ids[one.Id] = batchID.MatchString(one.Id)
		size += one.size()
	}
	switch {
	case len(request.Entries) == 0:
		return nil, &refusal{"EmptyBatchRequest", "a batch has an entry"}
	case len(request.Entries) > maxBatch:
		return nil, &refusal{"TooManyEntriesInBatchRequest", "a batch has ten entries at most"}
	case len(ids) < len(request.Entries):
		return nil, &refusal{"BatchEntryIdsNotDistinct", "two entries have one id"}
	case slices.Contains(slices.Collect(maps.Values(ids)), false):
		return nil, &refusal{"InvalidBatchEntryId", "an id is of 1 to 80 letters, digits, hyphens and underscores"}
	case size > MaxBody:
		return nil, &refusal{"BatchRequestTooLong", "a batch has 1 MB at most"}
	}
	var answer struct {
		Successful []map[string]string
		Failed     []map[string]string
	}
	for _, one := range request.Entries {
		sent := one.put(queue)
		sent["Id"] = one.Id
		answer.Successful = append(answer.Successful, sent)
	}
	return answer, nil
}

var batchID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)

// put sends a message that was checked.
func (m message) put(queue *Queue) map[string]string {
	attributes := m.attributes()
	answer := map[string]string{"MD5OfMessageBody": digest(m.MessageBody),
		"MessageId": queue.send(m.MessageBody, attributes, time.Duration(m.DelaySeconds)*time.Second)}
	if len(attributes) > 0 {
		answer["MD5OfMessageAttributes"] = digestOf(attributes)
	}
	return answer
}

func (m message) attributes() map[string]string {
	var attributes map[string]string
	for name, attribute := range m.MessageAttributes {
		if attributes == nil {
			attributes = map[string]string{}
		}
		attributes[name] = attribute.StringValue
	}
	return attributes
}

func (m message) size() int {
	size := len(m.MessageBody)
	for name, attribute := range m.MessageAttributes {
		size += len(name) + len(attribute.DataType) + len(attribute.StringValue)
	}
	return size
}

func (m message) check() *refusal {
	texts := []string{m.MessageBody}
	for _, attribute := range m.MessageAttributes {
		if attribute.DataType != "String" || attribute.StringValue == "" || len(m.MessageAttributes) > 10 {
			return &refusal{"InvalidParameterValue", "attributes are ten at most, and here all of type String"}
		}
		texts = append(texts, attribute.StringValue)
	}
	switch {
	case len(m.MessageBody) == 0:
		return &refusal{"MissingParameter", "a message has a body"}
	case m.size() > MaxBody:
		return &refusal{"InvalidParameterValue", "a message has 1 MB at most"}
	case m.DelaySeconds < 0 || m.DelaySeconds > MaxDelay:
		return &refusal{"InvalidParameterValue", "a delay is of 0 to 900 seconds"}
	case slices.ContainsFunc(texts, func(text string) bool { return strings.ContainsFunc(text, forbidden) }):
		return &refusal{"InvalidMessageContents", "the message holds characters that SQS does not take"}
	}
	return nil
}

// forbidden are the characters that XML 1.0 has not, and so SQS neither.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

func digest(body string) string {
	sum := md5.Sum([]byte(body))
	return hex.EncodeToString(sum[:])
}

// digestOf is the digest of attributes as SQS documents it: names, types and values by name, each after its length.
func digestOf(attributes map[string]string) string {
	var all []byte
	add := func(text string) {
		all = binary.BigEndian.AppendUint32(all, uint32(len(text)))
		all = append(all, text...)
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		add(name)
		add("String")
		all = append(all, 1) // a text
		add(attributes[name])
	}
	return digest(string(all))
}
