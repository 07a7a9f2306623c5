package resolver

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"
)

// A wire gives one answer of a DNS server by TCP, under the id of the question, and then ends.
type wire struct {
	net.Conn
	answer []byte
	out    []byte
}

func (w *wire) Write(question []byte) (int, error) {
	if len(question) >= 4 && len(w.answer) >= 2 {
		copy(w.answer, question[2:4])
	}
	w.out = append(binary.BigEndian.AppendUint16(nil, uint16(len(w.answer))), w.answer...)
	return len(question), nil
}

func (w *wire) Read(into []byte) (int, error) {
	if len(w.out) == 0 {
		return 0, io.EOF
	}
	n := copy(into, w.out)
	w.out = w.out[n:]
	return n, nil
}

func (*wire) SetDeadline(time.Time) error { return nil }
func (*wire) Close() error                { return nil }

// FuzzAnswer: whatever a DNS server sends, it is records, none, or no answer, at once. 3.d
func FuzzAnswer(f *testing.F) {
	asked := new(dns.Msg).SetQuestion("a.example.", dns.TypeTXT)
	for _, texts := range [][]string{nil, {""}, {"one"}, {"two", "parts"}} {
		answer := new(dns.Msg).SetReply(asked)
		if texts != nil {
			answer.Answer = []dns.RR{&dns.TXT{Hdr: dns.RR_Header{Name: "a.example.", Rrtype: dns.TypeTXT,
				Class: dns.ClassINET, Ttl: 1}, Txt: texts}}
		}
		packed, err := answer.Pack()
		require.NoError(f, err)
		f.Add(packed)
		f.Add(packed[:len(packed)-1])
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, answer []byte) {
		if len(answer) > 1<<16-1 {
			answer = answer[:1<<16-1]
		}
		r := Resolver{net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
			return &wire{answer: append([]byte(nil), answer...)}, nil
		}}}
		records, err := r.TXT(t.Context(), "a.example")
		switch {
		case err == nil:
			require.NotEmpty(t, records)
		default:
			require.Contains(t, []error{ErrNone, ErrUnanswered}, err)
		}
	})
}
