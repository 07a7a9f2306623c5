package phone

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

// Keeps are the files of the browser's profile that hold one of some texts, in the encodings in which browsers write
// them: as they are, and in UTF-16.
func (p *Phone) Keeps(texts ...string) (files []string) {
	p.t.Helper()
	require.NotEmpty(p.t, p.Profile, "a private window has none")
	require.NoError(p.t, filepath.WalkDir(p.Profile, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil // the browser is closing, and removes files of its own
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) || bytes.Contains(content, wide(text)) {
				files = append(files, path+": "+text)
			}
		}
		return nil
	}))
	return files
}

func wide(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}
