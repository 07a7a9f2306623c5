// Package app serves the program that people use: one page, and the files that it names. They are the same for
// everybody, hold no data, and read nothing. Which spot or floor somebody looks at stands behind the # of an address
// and so reaches no log.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"os"
	"path/filepath"
	"strings"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/web"
)

// Where the files are: in the folder Files beside the function's binary, each also packed by gzip.
const (
	Files      = "app-files"
	Packed     = ".gz"
	ShellFile  = "shell.html"
	WorkerFile = "worker.js"
)

// policy lets the page run, show and ask what comes from here, show pictures that it was given with the session's
// token (blob:), and be shown in no other page. No text becomes code: that takes a policy of Trusted Types, of
// which "worker" makes the address of the service worker and "pdf" that of what reads a PDF, and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; " +
	"worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types worker pdf"

// alone is the policy of a file that runs as a worker of its own, between a stranger's bytes and the page: it asks for
// nothing. A file that is no worker is under the page's.
const alone = "default-src 'none'"

// A Site is the app's files, each read when it is asked for: a start that read all of them would take twice as long,
// and most are asked for once by each device.
type Site struct {
	from  fs.FS
	names map[string]bool
}

// Open finds the files. It is an error when the page is not among them.
func Open(from fs.FS) (Site, error) {
	entries, err := fs.ReadDir(from, ".")
	if err != nil {
		return Site{}, fmt.Errorf("finding the app's files: %w", err)
	}
	site := Site{from: from, names: map[string]bool{}}
	for _, entry := range entries {
		site.names[entry.Name()] = true
	}
	if !site.names[ShellFile] {
		return Site{}, errors.New("the app's page is not among its files")
	}
	return site, nil
}

// Beside is the folder of the files beside the running binary.
func Beside() (fs.FS, error) {
	binary, err := os.Executable()
	return os.DirFS(filepath.Join(filepath.Dir(binary), Files)), err
}

// Routes ties the app's files to its operations.
func (s Site) Routes() []web.Route {
	return []web.Route{web.On(api.OpenApp, s.Shell), web.On(api.AppWorker, s.Worker), web.On(api.AppFile, s.File)}
}

// PageInput says how the caller's browser unpacks.
type PageInput struct {
	Encoding string `json:"accept_encoding"`
}

// FileInput names a file as the page does.
type FileInput struct {
	File     string `json:"file"`
	Encoding string `json:"accept_encoding"`
}

// Shell is the page.
func (s Site) Shell(_ context.Context, _ identity.Caller, in PageInput) (Answer, error) {
	return s.answer(ShellFile, in.Encoding)
}

// Worker is the service worker, which keeps the files on the device and nothing else (9.cache).
func (s Site) Worker(_ context.Context, _ identity.Caller, in PageInput) (Answer, error) {
	return s.answer(WorkerFile, in.Encoding)
}

// File is one of the others. Its name changes with its content.
func (s Site) File(_ context.Context, _ identity.Caller, in FileInput) (Answer, error) {
	if in.File == ShellFile || in.File == WorkerFile || strings.HasSuffix(in.File, Packed) {
		return Answer{}, problem.Unknown()
	}
	answer, err := s.answer(in.File, in.Encoding)
	if err == nil {
		answer.headers["Content-Security-Policy"] = alone
	}
	return answer, err
}

func (s Site) answer(name, accepted string) (Answer, error) {
	if !s.names[name] {
		return Answer{}, problem.Unknown()
	}
	answer := Answer{mediaType: mediaType(name), headers: map[string]string{"Vary": "Accept-Encoding"}}
	var err error
	if answer.body, err = fs.ReadFile(s.from, name); err != nil {
		return Answer{}, fmt.Errorf("reading the app's files: %w", err)
	}
	if web.TakesGzip(accepted) && s.names[name+Packed] {
		packed, err := fs.ReadFile(s.from, name+Packed)
		if err != nil {
			return Answer{}, fmt.Errorf("reading the app's files: %w", err)
		}
		if len(packed) < len(answer.body) {
			answer.body, answer.headers["Content-Encoding"] = packed, "gzip"
		}
	}
	if name == ShellFile {
		answer.headers["Content-Security-Policy"] = policy
		answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
		answer.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), " +
			"publickey-credentials-create=(self), publickey-credentials-get=(self)"
	}
	return answer, nil
}

// An Answer is a file as it goes out.
type Answer struct {
	mediaType string
	body      []byte
	headers   map[string]string
}

// Content makes it an answer that is written as it is.
func (a Answer) Content() (mediaType string, body []byte) { return a.mediaType, a.body }

// Headers are those that it has beside those of every answer.
func (a Answer) Headers() map[string]string { return a.headers }

// mediaType does not ask the machine, since each machine knows different ones.
func mediaType(name string) string {
	switch extension := filepath.Ext(name); extension {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	default:
		return mime.TypeByExtension(extension)
	}
}
