// Package protocol holds what the stand-ins for AWS services share: who signed a request, how JSON is read strictly,
// and how each protocol writes an error.
package protocol

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Account and Region are what ARNs here are made of.
const (
	Account = "000000000000"
	Region  = "eu-west-1"
)

// ID is a new random id in the form of a UUID of version 4.
func ID() string {
	b := make([]byte, 16)
	rand.Read(b)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// ARN is the name of a resource of a service.
func ARN(service, resource string) string {
	return "arn:aws:" + service + ":" + Region + ":" + Account + ":" + resource
}

// Signer gives the access key and the service that a signed request names; the signature itself is not verified.
func Signer(r *http.Request) (accessKey, service string, err error) {
	_, credential, found := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	scope, _, _ := strings.Cut(credential, ",")
	parts := strings.Split(scope, "/")
	if !found || len(parts) != 5 {
		return "", "", errors.New("the request is not signed with AWS Signature Version 4")
	}
	return parts[0], parts[3], nil
}

// Resign names another access key in a signed request. The signature no longer fits, which the engine does not check.
func Resign(r *http.Request, accessKey string) {
	header := r.Header.Get("Authorization")
	before, after, _ := strings.Cut(header, "Credential=")
	_, rest, _ := strings.Cut(after, "/")
	r.Header.Set("Authorization", before+"Credential="+accessKey+"/"+rest)
}

// Body reads the whole body and leaves it in place for the next reader.
func Body(r *http.Request, max int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, max+1))
	if err == nil && int64(len(body)) > max {
		err = fmt.Errorf("the request is larger than %d bytes", max)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body, err
}

// Decode reads JSON that has no other members than out has: a parameter that is not implemented is refused.
func Decode(r *http.Request, out any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(out); err != nil {
		return fmt.Errorf("not implemented by this stand-in, or malformed: %w", err)
	}
	return nil
}

// Operation is the operation that an AWS JSON request names.
func Operation(r *http.Request) string {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	return operation
}

// Answer writes a JSON answer.
func Answer(w http.ResponseWriter, r *http.Request, answer any) {
	w.Header().Set("Content-Type", contentType(r))
	w.Header().Set("X-Amzn-Requestid", ID())
	json.NewEncoder(w).Encode(answer)
}

// Refuse writes an error as the JSON protocols do.
func Refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	w.Header().Set("Content-Type", contentType(r))
	w.Header().Set("X-Amzn-Errortype", code)
	w.Header().Set("X-Amzn-Requestid", ID())
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"__type": code, "message": message})
}

// RefuseXML writes an error as S3 does.
func RefuseXML(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?>`+
		`<Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>`, code, message, ID())
}

func contentType(r *http.Request) string {
	if asked := r.Header.Get("Content-Type"); strings.HasPrefix(asked, "application/x-amz-json") {
		return asked
	}
	return "application/json"
}
