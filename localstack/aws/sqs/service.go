package sqs

import (
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// MaxBody is the most bytes of a message with its attributes.
const MaxBody = 1 << 20

// A Service serves queues over SQS's JSON protocol.
type Service map[string]*Queue

type sendRequest struct {
	QueueUrl, MessageBody string
	MessageAttributes     map[string]struct{ DataType, StringValue string }
}

func (s Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if operation := protocol.Operation(r); operation != "SendMessage" {
		protocol.Refuse(w, r, http.StatusNotImplemented, "NotImplemented", "the queues have no "+operation)
		return
	}
	var request sendRequest
	if err := protocol.Decode(r, &request); err != nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "InvalidParameterValue", err.Error())
		return
	}
	queue := s[path.Base(request.QueueUrl)]
	if queue == nil {
		protocol.Refuse(w, r, http.StatusBadRequest, "QueueDoesNotExist", "there is no such queue")
		return
	}
	attributes, code, message := request.check()
	if code != "" {
		protocol.Refuse(w, r, http.StatusBadRequest, code, message)
		return
	}
	answer := map[string]string{"MessageId": queue.send(request.MessageBody, attributes),
		"MD5OfMessageBody": digest(request.MessageBody)}
	if len(attributes) > 0 {
		answer["MD5OfMessageAttributes"] = digestOf(attributes)
	}
	protocol.Answer(w, r, answer)
}

// check gives the attributes, or the code and text of what is wrong.
func (r sendRequest) check() (attributes map[string]string, code, message string) {
	size := len(r.MessageBody)
	texts := []string{r.MessageBody}
	for name, attribute := range r.MessageAttributes {
		if attribute.DataType != "String" || attribute.StringValue == "" || len(r.MessageAttributes) > 10 {
			return nil, "InvalidParameterValue", "attributes are ten at most, and here all of type String"
		}
		if attributes == nil {
			attributes = map[string]string{}
		}
		attributes[name] = attribute.StringValue
		size += len(name) + len(attribute.DataType) + len(attribute.StringValue)
		texts = append(texts, attribute.StringValue)
	}
	switch {
	case len(r.MessageBody) == 0:
		return nil, "MissingParameter", "a message has a body"
	case size > MaxBody:
		return nil, "InvalidParameterValue", "a message has 1 MB at most"
	case slices.ContainsFunc(texts, func(text string) bool { return strings.ContainsFunc(text, forbidden) }):
		return nil, "InvalidMessageContents", "the message holds characters that SQS does not take"
	}
	return attributes, "", ""
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
