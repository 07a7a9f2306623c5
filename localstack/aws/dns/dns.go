// Package dns answers DNS on one machine, by UDP and TCP, so that domains of the example can be proved as real
// ones are. It knows the TXT records that were set and nothing else: every other name does not exist.
package dns

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/miekg/dns"
)

// A Server answers.
type Server struct {
	Address string // host and port, of UDP and TCP

	mu      sync.Mutex
	records map[string][]string // by name, in lower case and with a dot at its end
	servers []*dns.Server
}

// Start serves on a port of this machine alone; 0 is a free one.
func Start(port int) (*Server, error) {
	packets, streams, err := both(port)
	if err != nil {
		return nil, err
	}
	s := &Server{Address: packets.LocalAddr().String(), records: map[string][]string{}}
	for _, server := range []*dns.Server{{PacketConn: packets, Handler: s}, {Listener: streams, Handler: s}} {
		started := make(chan struct{})
		server.NotifyStartedFunc = func() { close(started) }
		failed := make(chan error, 1)
		go func() { failed <- server.ActivateAndServe() }()
		select {
		case <-started:
			s.servers = append(s.servers, server)
		case err := <-failed:
			return nil, errors.Join(err, s.Close(), packets.Close(), streams.Close())
		}
	}
	return s, nil
}

// both takes one port for UDP and TCP. A free one of UDP may be taken for TCP: then it is another's turn.
func both(port int) (net.PacketConn, net.Listener, error) {
	var failed error
	for range 10 {
		packets, err := net.ListenPacket("udp", "127.0.0.1:"+strconv.Itoa(port))
		if err != nil {
			return nil, nil, err
		}
		streams, err := net.Listen("tcp", packets.LocalAddr().String())
		if err == nil {
			return packets, streams, nil
		}
		failed = errors.Join(err, packets.Close())
	}
	return nil, nil, failed
}

// Set gives a name its TXT records, in place of those that it has; none takes them away.
func (s *Server) Set(name string, texts ...string) error {
	if _, ok := dns.IsDomainName(name); !ok {
		return fmt.Errorf("%q is no domain name", name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.records[key(name)] = slices.Clone(texts); len(texts) == 0 {
		delete(s.records, key(name))
	}
	return nil
}

// Records are all that are set, by name.
func (s *Server) Records() map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.records)
}

// Close ends it.
func (s *Server) Close() error {
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Shutdown())
	}
	return errors.Join(errs...)
}

// ServeDNS answers one question, with the authority of whoever owns the name.
func (s *Server) ServeDNS(w dns.ResponseWriter, asked *dns.Msg) {
	answer := new(dns.Msg).SetReply(asked)
	answer.Authoritative = true
	if len(asked.Question) != 1 || asked.Opcode != dns.OpcodeQuery {
		answer.Rcode = dns.RcodeNotImplemented
	} else {
		s.answer(answer, asked.Question[0])
	}
	if _, overUDP := w.RemoteAddr().(*net.UDPAddr); overUDP {
		size := dns.MinMsgSize
		if extended := asked.IsEdns0(); extended != nil {
			size = int(extended.UDPSize())
			answer.SetEdns0(extended.UDPSize(), false)
		}
		answer.Truncate(size)
	}
	_ = w.WriteMsg(answer) // who asked and has gone asks again
}

func (s *Server) answer(answer *dns.Msg, question dns.Question) {
	texts, known := s.Records()[key(question.Name)]
	if !known {
		answer.Rcode = dns.RcodeNameError
		return
	}
	if question.Qtype != dns.TypeTXT {
		return
	}
	for _, text := range texts {
		answer.Answer = append(answer.Answer, &dns.TXT{Txt: parts(text),
			Hdr: dns.RR_Header{Name: question.Name, Rrtype: dns.TypeTXT, Class: dns.ClassINET, Ttl: 60}})
	}
}

func key(name string) string { return strings.ToLower(dns.Fqdn(name)) }

// parts cuts a text into the character strings of a record, which hold 255 bytes each.
func parts(text string) []string {
	var all []string
	for len(text) > 255 {
		all, text = append(all, text[:255]), text[255:]
	}
	return append(all, text)
}
