package build

import (
	"os"
	"syscall"
)

// Lock holds a file or folder for this process until it is let go of, so that processes which make the same files at
// the same time wait for each other. It ends with the process too.
func Lock(path string) (release func() error, err error) {
	held, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX); err != nil {
		held.Close()
		return nil, err
	}
	return held.Close, nil
}
