package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"github.com/iotspot/iotspot/shared/api"
)

// clearing lets a browser forget what this origin keeps on the device: what it has cached, its storage and workers. It
// is said by what ends a session, and to a session that is over.
const (
	clearSiteData = "Clear-Site-Data"
	clearing      = `"cache", "storage"`
)

// finished adds to an answer what follows from its operation's declaration: a tag by which the caller can ask whether
// it has changed, and the word that what the device keeps is to go.
func finished(operation api.Operation, request Request, response Response) Response {
	if operation.Clears && response.StatusCode < 300 {
		response.Headers[clearSiteData] = clearing
	}
	if operation.Tagged && response.StatusCode == 200 {
		return tagged(request, response)
	}
	return response
}

// tagged answers 304 where the caller has the same already. The tag is strong and says nothing of the content.
func tagged(request Request, response Response) Response {
	sum := sha256.Sum256([]byte(response.Body))
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	response.Headers["ETag"] = tag
	if lowered(request.Headers)["if-none-match"] == tag {
		response.StatusCode, response.Body, response.IsBase64Encoded = 304, "", false
		delete(response.Headers, "Content-Type")
	}
	return response
}

// packed writes bytes that are not text, which API Gateway takes in base64.
func packed(response Response, body []byte) Response {
	response.Body, response.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	return response
}
