package stack

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/catalog"
)

// Bounce lets the last mail to an address come back, as SES tells it and as the rule hands it on: of it the mail's own
// mark, and of a mail without one nothing.
func (s *Stack) Bounce(address string) error {
	mails := s.Mailbox.To(address)
	if len(mails) == 0 {
		return fmt.Errorf("no mail went there")
	}
	mark := mails[len(mails)-1].Mark
	if mark == "" {
		return nil
	}
	if err := s.edges.Let(catalog.Edge{By: catalog.SES, For: string(catalog.Mail), Action: catalog.PutEvents,
		On: catalog.DefaultBus}); err != nil {
		return err
	}
	payload, err := json.Marshal(map[string]any{"source": events.Source, "detail-type": events.MailBouncedType,
		"detail": events.MailBounced{Mark: mark}})
	if err != nil {
		return err
	}
	for _, function := range s.options.Functions {
		if slices.Contains(function.Events, events.MailBouncedType) {
			s.bus.Deliver(catalog.RuleOf(function.Name, events.MailBouncedType), function.Name, payload)
		}
	}
	return nil
}
