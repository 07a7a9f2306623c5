// Package child starts processes that can't outlive this one.
package child

import (
	"os/exec"
	"runtime"
)

// Start starts a command and gives a channel on which its end is told once, and which is closed then. The process has
// a group of its own, so that Ctrl-C in the terminal reaches it only through its owner; on Linux it also dies when
// this process is killed.
func Start(command *exec.Cmd) (<-chan error, error) {
	command.SysProcAttr = attributes()
	started, ended := make(chan error, 1), make(chan error, 1)
	go func() {
		// Linux ends a child when the thread that begot it ends, so the thread stays.
		runtime.LockOSThread()
		err := command.Start()
		started <- err
		if err == nil {
			ended <- command.Wait()
			close(ended)
		}
	}()
	return ended, <-started
}
