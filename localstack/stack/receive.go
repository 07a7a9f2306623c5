package stack

import (
	"bytes"
	"errors"

	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// Receive takes a mail to the support address as SES does: into the bucket, and the function is told.
func (s *Stack) Receive(mail ses.Incoming) error {
	if len(mail.Raw) > ses.MaxReceived {
		return errors.New("the message is larger than 40 MB, which SES does not take")
	}
	mail.Recipient = support
	id, at := protocol.ID(), s.Now()
	content := mail.Stored(id, at)
	bucket := string(catalog.Received)
	if _, err := s.Buckets.PutObject(bucket, id, nil, bytes.NewReader(content), int64(len(content)),
		nil); err != nil {
		return err
	}
	for _, function := range s.options.Functions {
		if function.Objects == catalog.Received && !mail.Lost {
			event, err := s.Buckets.Created(bucket, id)
			if err != nil {
				return err
			}
			s.bus.Start(function.Name, event)
		}
	}
	return nil
}
