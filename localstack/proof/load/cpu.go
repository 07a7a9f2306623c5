package load

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// CPU is the processor's time that was spent, by who spent it. It is read from /proc and is empty where there is
// none.
type CPU struct {
	Functions map[string]time.Duration // by function: its instances that live
	Engine    time.Duration
	StandIns  time.Duration // this process: the stand-ins for AWS's services
	Clients   time.Duration
}

const tick = 10 * time.Millisecond // of /proc on Linux

// ReadCPU reads what this process and its children have spent so far.
func ReadCPU() CPU {
	read := CPU{Functions: map[string]time.Duration{}}
	own, _ := os.Executable() // without it the clients count as a function of its name
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return read
	}
	for _, path := range stats {
		parent, spent, ok := readStat(path)
		if !ok {
			continue
		}
		folder := filepath.Dir(path)
		if filepath.Base(folder) == fmt.Sprint(os.Getpid()) {
			read.StandIns = spent
			continue
		}
		if parent != os.Getpid() {
			continue
		}
		binary, err := os.Readlink(filepath.Join(folder, "exe"))
		switch {
		case err != nil:
		case filepath.Base(binary) == "java":
			read.Engine += spent
		case binary == own:
			read.Clients += spent
		default:
			read.Functions[filepath.Base(binary)] += spent
		}
	}
	return read
}

// readStat reads a process's parent, and the time that it spent in user and in kernel mode.
func readStat(path string) (parent int, spent time.Duration, ok bool) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, false // it has ended
	}
	_, rest, found := strings.Cut(string(content), ") ") // the name in brackets may hold anything
	fields := strings.Fields(rest)
	if !found || len(fields) < 13 {
		return 0, 0, false
	}
	var user, kernel int64
	if _, err := fmt.Sscan(fields[1]+" "+fields[11]+" "+fields[12], &parent, &user, &kernel); err != nil {
		return 0, 0, false
	}
	return parent, time.Duration(user+kernel) * tick, true
}

func (c CPU) since(before CPU) CPU {
	spent := CPU{Functions: map[string]time.Duration{}, Engine: c.Engine - before.Engine,
		StandIns: c.StandIns - before.StandIns, Clients: c.Clients - before.Clients}
	for name, all := range c.Functions {
		spent.Functions[name] = all - before.Functions[name]
	}
	return spent
}

// AllFunctions is what the functions spent together.
func (c CPU) AllFunctions() time.Duration {
	sum := time.Duration(0)
	for _, one := range c.Functions {
		sum += one
	}
	return sum
}
