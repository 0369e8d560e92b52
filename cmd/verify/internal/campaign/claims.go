package campaign

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
)

// claimFolder is beside the finished tasks, not among them: it goes when nobody works.
const claimFolder = "claims"

// claims say who works on which task, so that workers that share a folder take different
// ones. A claim is a file that only one can make; its owner touches it every quarter of a
// lease. It is abandoned if its owner, of this machine, has ended, which the lock on the
// file tells; or if it was not touched for a lease, by the clock of whoever waits, so that
// the clocks of two machines are never compared.
type claims struct {
	dir   string
	lease time.Duration
	seen  map[string]sighting
}

// A sighting is when somebody else's claim was first seen as it is.
type sighting struct {
	touched, since time.Time
}

// owner is what a claim says.
type owner struct {
	Host    string    `json:"host"`
	Process int       `json:"process"`
	Since   time.Time `json:"since"`
}

// A claim is one of ours.
type claim struct {
	file *os.File
	stop chan struct{}
}

// newClaims looks after the claims in the folder of a run. Nothing is read or made yet.
func newClaims(dir string, lease time.Duration) *claims {
	return &claims{filepath.Join(dir, claimFolder), lease, map[string]sighting{}}
}

// path is that of the claim on a task.
func (c *claims) path(name string) string { return filepath.Join(c.dir, name) }

// take claims a task; nil if somebody else works on it.
func (c *claims) take(name string) (*claim, error) {
	if c.abandoned(name) {
		// Whoever is late here does the task twice. What cannot be removed, a file of another
		// user perhaps, would be waited for without end.
		if err := os.Remove(c.path(name)); err != nil && !os.IsNotExist(err) {
			return nil, run.UsageErrorf("cannot take over the abandoned claim %s: %v", certificate.FileName(c.path(name)), run.Reason(err))
		}
	}
	// To make a file that is not there is the one step that a file system does for one
	// worker alone, NFS too: whoever has made it has the task.
	file, err := os.OpenFile(c.path(name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if os.IsExist(err) {
		return nil, nil
	}
	if os.IsNotExist(err) { // the last run took the folder with it
		return nil, os.MkdirAll(c.dir, 0o777)
	}
	if err != nil {
		return nil, run.UsageErrorf("cannot claim a task: %v", err)
	}
	// Locked for as long as this process lives, however it ends.
	if !run.Own(file) {
		file.Close() // it was taken for an abandoned one before it was locked
		return nil, nil
	}
	host, _ := os.Hostname()
	// The owner is for people, and tells whether the lock on the file says anything here:
	// locks need not hold between machines.
	text, err := json.Marshal(owner{host, os.Getpid(), time.Now().UTC().Round(time.Second)})
	if err != nil {
		panic("campaign: claim without a JSON form: " + err.Error())
	}
	mine := &claim{file, make(chan struct{})}
	if _, err := file.WriteAt(text, 0); err != nil {
		mine.release()
		return nil, run.UsageErrorf("cannot claim a task: %v", err)
	}
	// A quarter of the lease, so that a machine may be busy for a while, or miss a renewal,
	// and still be thought to be at work.
	go mine.touch(text, c.lease/4)
	return mine, nil
}

// touch renews a claim until it is released.
func (m *claim) touch(text []byte, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			// The same bytes: what matters is the new time of the file. If it fails, because
			// the disk is full, the task is done by another one too, which costs time alone.
			m.file.WriteAt(text, 0)
		case <-m.stop:
			return
		}
	}
}

// release gives a claim back.
func (m *claim) release() {
	// A claim that could not be written is given back before it is renewed, so twice is fine.
	select {
	case <-m.stop:
	default:
		close(m.stop)
	}
	// Not if somebody thought that it was abandoned, and has made another.
	if here, err := m.file.Stat(); err == nil {
		if there, err := os.Stat(m.file.Name()); err == nil && os.SameFile(here, there) {
			os.Remove(m.file.Name())
		}
	}
	// The lock goes with it.
	m.file.Close()
}

// abandoned reports whether nobody works on a task any more that somebody has claimed. One
// whose owner is known to have ended is removed here.
func (c *claims) abandoned(name string) bool {
	info, err := os.Stat(c.path(name))
	if err != nil { // there is none; should there be one later, its lease begins then
		delete(c.seen, name)
		return false
	}
	// On this machine there is nothing to wait for: a process that has ended, however, holds
	// no lock. A claim without an owner, of a worker that was killed before it had written
	// one, is waited for like that of another machine.
	var o owner
	text, _ := os.ReadFile(c.path(name))
	host, _ := os.Hostname()
	if json.Unmarshal(text, &o) == nil && o.Host == host && run.RemoveAbandoned(c.path(name)) {
		return false
	}
	// Only whether the time of the file has changed is looked at, never which it is: the
	// server that keeps the folder may be an hour off.
	now := time.Now()
	last, known := c.seen[name]
	if !known || !last.touched.Equal(info.ModTime()) {
		c.seen[name] = sighting{info.ModTime(), now}
		return false
	}
	return now.Sub(last.since) > c.lease
}

// clear removes the claims of finished tasks, whose owners ended before they could, and the
// folder if nothing is in it: with a claim of somebody who is at work its removal fails, and
// should.
func (c *claims) clear(finished func(name string) bool) {
	// A folder that is not there has no claims, and an error here is none of the run.
	entries, _ := os.ReadDir(c.dir)
	for _, e := range entries {
		if finished(e.Name()) {
			os.Remove(c.path(e.Name()))
		}
	}
	os.Remove(c.dir)
}

// holders tells who works on tasks, for whoever waits.
func (c *claims) holders() (list []string) {
	// As they are now: by the time they are printed some may be gone.
	entries, _ := os.ReadDir(c.dir)
	for _, e := range entries {
		var o owner
		text, _ := os.ReadFile(c.path(e.Name()))
		// A claim that has no owner yet is left out.
		if json.Unmarshal(text, &o) == nil {
			list = append(list, fmt.Sprintf("%s by process %d of %s", e.Name(), o.Process, o.Host))
		}
	}
	return list
}
