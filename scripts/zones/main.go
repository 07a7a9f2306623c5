// Command zones packs IANA's time zones into shared/civil/zones.zip from Debian's package tzdata, whose maintainers
// follow IANA within days. -check says whether the package is newer than what is packed, and fails when it is. It runs
// on Debian, and needs apt-get, dpkg-deb and zic (libc-bin).
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/iotspot/iotspot/shared/civil"
)

const packed = "shared/civil/zones.zip"

// since is when the zones begin, 2000-01-01 in Unix seconds: nothing here is older, and what was before is as much
// again in each of the functions.
const since = "@946684800"

// placeholder is listed by IANA for machines of which nobody said where they are.
const placeholder = "Factory"

func main() {
	check := flag.Bool("check", false, "only say whether there is a newer version")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "zones:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	folder, err := os.MkdirTemp("", "zones")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	source, version, err := fetch(folder)
	if err != nil {
		return err
	}
	switch {
	case !check:
		return pack(folder, source, version)
	case version != civil.ZoneDataVersion():
		return fmt.Errorf("%s is packed and Debian has %s: go run ./scripts/zones", civil.ZoneDataVersion(), version)
	}
	fmt.Println("zones:", version, "is packed, and is the newest that Debian has")
	return nil
}

// fetch gives the file of all zones' rules that the newest package has, and IANA's version of it.
func fetch(folder string) (source, version string, err error) {
	if err := command(folder, "apt-get", "download", "-qq", "tzdata"); err != nil {
		return "", "", err
	}
	found, err := filepath.Glob(filepath.Join(folder, "tzdata_*.deb"))
	if err != nil || len(found) != 1 {
		return "", "", errors.New("apt-get downloaded no package tzdata")
	}
	if err := command(folder, "dpkg-deb", "-x", found[0], "package"); err != nil {
		return "", "", err
	}
	source = filepath.Join(folder, "package/usr/share/zoneinfo/tzdata.zi")
	rules, err := os.ReadFile(source)
	if err != nil {
		return "", "", err
	}
	first, _, _ := strings.Cut(string(rules), "\n")
	version, ok := strings.CutPrefix(first, "# version ")
	if !ok {
		return "", "", fmt.Errorf("the package doesn't begin with its version: %q", first)
	}
	return source, version, nil
}

// pack compiles the rules and writes the zones with their version. The same rules give the same bytes. Every change
// until 2037 is written out ("fat"), as in Go's own zone data: package time reckons the bounds of changes that only a
// rule gives wrongly at the end of leap years.
func pack(folder, source, version string) error {
	if err := command(folder, "zic", "-b", "fat", "-r", since, "-d", "compiled", source); err != nil {
		return err
	}
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(to, flate.BestCompression)
	})
	compiled := os.DirFS(filepath.Join(folder, "compiled"))
	err := fs.WalkDir(compiled, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == placeholder {
			return err
		}
		return add(w, compiled, name)
	})
	if err := errors.Join(err, w.SetComment(version), w.Close()); err != nil {
		return err
	}
	fmt.Printf("zones: %s packed, %d bytes\n", version, archive.Len())
	return os.WriteFile(packed, archive.Bytes(), 0o644)
}

func add(w *zip.Writer, compiled fs.FS, name string) error {
	data, err := fs.ReadFile(compiled, name)
	if err != nil {
		return err
	}
	file, err := w.Create(name)
	if err == nil {
		_, err = file.Write(data)
	}
	return err
}

func command(folder, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir, c.Stderr = folder, os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
