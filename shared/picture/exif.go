package picture

import (
	"bytes"
	"encoding/binary"
)

// orientation reads the one value of a JPEG's EXIF data that the picture needs: 1 to 8, and 1 where there is none or
// it can't be read. A library that reads all of EXIF would put thousands of lines between a stranger's bytes and the
// one number, in two functions' start, and those that are kept are few; this is bounded by its input and fuzzed.
func orientation(file []byte) int {
	if len(file) < 2 {
		return 1
	}
	for rest := file[2:]; len(rest) >= 4 && rest[0] == 0xff &&
		rest[1] != 0xda; { // up to the start of the picture's data
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || len(rest) < 2+length {
			return 1
		}
		segment := rest[4 : 2+length]
		if exif, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && rest[1] == 0xe1 {
			return orientationIn(exif)
		}
		rest = rest[2+length:]
	}
	return 1
}

// orientationIn looks for tag 0x0112 in the first directory of TIFF data.
func orientationIn(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 0x0112 {
			if value := int(order.Uint16(entries[8:])); value >= 1 && value <= 8 {
				return value
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}
