//go:build linux

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The array job of deploy/ on a real Slurm, of one host and two nodes, which the test starts
// on loopback: one task is requeued while it runs, one node is lost, and the bytes are those
// of a run without. It needs Debian's slurmctld, slurmd, slurm-client and munge, and root.
func TestSlurmArray(t *testing.T) {
	if os.Getenv("SLURM") == "" {
		t.Skip("runs with SLURM=1, as root, where slurmctld, slurmd, slurm-client and munge are installed")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	build(t, root, dir+"/bin/", "./cmd/verify")
	verify := filepath.Join(dir, "bin", "verify")
	grid := words("-k 2..6 -n 2..14")
	want, err := exec.Command(verify, append(grid, "-certificate", filepath.Join(dir, "plain"))...).Output()
	if err != nil {
		t.Fatal(err)
	}
	c := startSlurm(t)
	state := filepath.Join(dir, "state")
	array := []string{"--array=1-8", filepath.Join(root, "deploy", "slurm.sbatch")}
	array = append(append(array, grid...), "-certificate", filepath.Join(dir, "certificates"))
	job := c.submit(dir, append(os.Environ(), "STATE="+state, "SHARDS=8", "VERIFY="+verify), array)

	requeued := c.running(job, "n1")
	c.ask("scontrol", "requeue", requeued)
	lost := c.running(job, "n2")
	c.lose("n2")
	t.Logf("task %s was requeued, task %s lost its node", requeued, lost)
	c.until("the node n2 is known to be lost", func() bool { return strings.Contains(c.ask("sinfo", "-h", "-N", "-n", "n2", "-o", "%T"), "down") })
	c.node("n2")
	c.over(job)
	restarts := regexp.MustCompile(`Restarts=[1-9]`).FindAllString(c.ask("scontrol", "-o", "show", "job", job), -1)
	if len(restarts) < 2 {
		t.Errorf("%d tasks were started again, want the requeued one and the one of the lost node", len(restarts))
	}

	folders, err := filepath.Glob(filepath.Join(state, "*"))
	if err != nil || len(folders) != 8 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	merged := filepath.Join(dir, "merged")
	report, err := exec.Command(verify, append(append([]string{"report"}, folders...), "-merge", merged)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	got, err := exec.Command(verify, append(grid, "-state", merged, "-certificate", filepath.Join(dir, "out"))...).CombinedOutput()
	if err != nil || string(got) != string(want) {
		t.Errorf("%v: it prints\n%s\nand without Slurm\n%s", err, got, want)
	}
	sameFiles(t, filepath.Join(dir, "plain"), filepath.Join(dir, "out"))

	// With a shared folder any part of an array does all of it.
	shared := filepath.Join(dir, "shared")
	job = c.submit(dir, append(os.Environ(), "STATE="+shared, "VERIFY="+verify), append([]string{"--array=3,5"}, append(array[1:2:2], grid...)...))
	c.over(job)
	got, err = os.ReadFile(filepath.Join(dir, "verify-"+job+"_5.out"))
	if err != nil || string(got) != string(want) {
		t.Errorf("%v: with a shared folder it prints\n%s\nand without Slurm\n%s", err, got, want)
	}
}

// cluster is a Slurm of one host.
type cluster struct {
	t       *testing.T
	dir     string
	env     []string
	daemons map[string]*exec.Cmd
}

// startSlurm starts munged, slurmctld and two slurmd, all on loopback, and ends them with the
// test.
func startSlurm(t *testing.T) *cluster {
	t.Helper()
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	host, _, _ = strings.Cut(host, ".")
	// Slurm binds to what the name of the host resolves to, which must not be reached from elsewhere.
	address := "127.0.0.1"
	if found, err := net.LookupHost(host); err == nil && len(found) > 0 {
		address = found[0]
	}
	if !net.ParseIP(address).IsLoopback() {
		t.Skipf("the name %s of this host is %s: only on loopback is nothing open to others", host, address)
	}
	dir, err := os.MkdirTemp("", "slurm") // munged refuses folders that others may write to
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := &cluster{t, dir, append(os.Environ(), "SLURM_CONF="+filepath.Join(dir, "slurm.conf")), map[string]*exec.Cmd{}}
	for _, folder := range []string{"ctld", "spool-n1", "spool-n2", "munge"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte(strings.Repeat(fmt.Sprint(os.Getpid()), 200)[:128]), 0o600); err != nil {
		t.Fatal(err)
	}
	replaceText(t, filepath.Join(dir, "slurm.conf"), strings.NewReplacer("DIR", dir, "HOST", host, "ADDRESS", address).Replace(slurmConf))
	t.Cleanup(c.stop)
	c.start("munged", "munged", "--foreground", "--force", "--socket="+dir+"/munge/socket", "--key-file="+dir+"/key", "--pid-file="+dir+"/munge/pid", "--seed-file="+dir+"/seed", "--log-file="+dir+"/munged.log")
	c.until("munged answers", func() bool { return exec.Command("munge", "-n", "-S", dir+"/munge/socket").Run() == nil })
	c.start("slurmctld", "slurmctld", "-D", "-c")
	c.until("slurmctld answers", func() bool { return strings.Contains(c.ask("scontrol", "ping"), "is UP") })
	c.node("n1")
	c.node("n2")
	c.until("both nodes are idle", func() bool { return strings.Count(c.ask("sinfo", "-h", "-N", "-o", "%T"), "idle\n") == 2 })
	return c
}

// slurmConf: on loopback only, without cgroups or accounting, and without the long pauses
// after which a requeued task may start again and a node that is silent is lost.
const slurmConf = `ClusterName=local
SlurmctldHost=HOST(ADDRESS)
SlurmctldPort=26817
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=DIR/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=DIR/ctld
SlurmdSpoolDir=DIR/spool-%n
SlurmctldPidFile=DIR/ctld.pid
SlurmdPidFile=DIR/slurmd-%n.pid
SlurmctldLogFile=DIR/slurmctld.log
SlurmdLogFile=DIR/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=5
ReturnToService=2
SlurmdTimeout=10
KillWait=5
MinJobAge=3600
JobRequeue=1
NodeName=n1 NodeHostname=HOST NodeAddr=ADDRESS Port=26818 CPUs=1 RealMemory=1000 State=UNKNOWN
NodeName=n2 NodeHostname=HOST NodeAddr=ADDRESS Port=26819 CPUs=1 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=n[1-2] Default=YES MaxTime=INFINITE State=UP
`

func (c *cluster) start(name string, command ...string) {
	c.t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = c.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.daemons[name] = cmd
}

func (c *cluster) node(name string) { c.start(name, "slurmd", "-D", "-N", name) }

// lose kills the daemon of a node, then who looks after the task on it, so that nobody tells
// of its end, and then the task.
func (c *cluster) lose(node string) {
	c.t.Helper()
	slurmd := c.daemons[node]
	slurmd.Process.Kill()
	slurmd.Wait()
	delete(c.daemons, node)
	tasks := onNode(node)
	for _, pid := range tasks {
		if parent, name := parentOf(pid); name == "slurmstepd" {
			syscall.Kill(parent, syscall.SIGKILL)
		}
	}
	for _, pid := range tasks {
		syscall.Kill(pid, syscall.SIGKILL)
	}
	if len(tasks) == 0 {
		c.t.Errorf("nothing ran on %s", node)
	}
}

// onNode are the processes of tasks on a node.
func onNode(node string) (pids []int) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range files {
		var pid int
		fmt.Sscanf(file, "/proc/%d/environ", &pid)
		environ, _ := os.ReadFile(file)
		if strings.Contains("\x00"+string(environ), "\x00SLURMD_NODENAME="+node+"\x00") {
			pids = append(pids, pid)
		}
	}
	return pids
}

// parentOf is the parent of a process, with its name.
func parentOf(pid int) (parent int, name string) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if m := regexp.MustCompile(`PPid:\s*(\d+)`).FindSubmatch(text); m != nil {
		fmt.Sscan(string(m[1]), &parent)
	}
	comm, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", parent))
	return parent, strings.TrimSpace(string(comm))
}

// ask runs a client of Slurm, and returns what it prints.
func (c *cluster) ask(command ...string) string {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = c.env
	data, _ := cmd.CombinedOutput()
	return string(data)
}

// submit submits an array, and returns its number.
func (c *cluster) submit(dir string, env, args []string) string {
	c.t.Helper()
	cmd := exec.Command("sbatch", append([]string{"--parsable"}, args...)...)
	cmd.Dir, cmd.Env = dir, append(env, c.env[len(c.env)-1])
	data, err := cmd.CombinedOutput()
	if err != nil {
		c.t.Fatalf("sbatch: %v\n%s", err, data)
	}
	return strings.TrimSpace(string(data))
}

// running waits until a task of a job has run on a node for a while, and returns it.
func (c *cluster) running(job, node string) (task string) {
	c.t.Helper()
	c.until("a task runs on "+node, func() bool {
		task = strings.TrimSpace(c.ask("squeue", "-h", "-r", "-j", job, "-w", node, "-t", "RUNNING", "-o", "%i"))
		return task != "" && !strings.Contains(task, "\n")
	})
	time.Sleep(300 * time.Millisecond)
	return task
}

// over waits until no task of a job is queued or runs, and checks that all completed.
func (c *cluster) over(job string) {
	c.t.Helper()
	c.until("the job is over", func() bool { return strings.TrimSpace(c.ask("squeue", "-h", "-r", "-j", job)) == "" })
	for _, state := range regexp.MustCompile(`JobState=\w+`).FindAllString(c.ask("scontrol", "-o", "show", "job", job), -1) {
		if state != "JobState=COMPLETED" {
			c.t.Errorf("a task ends with %s", state)
		}
	}
}

// until waits for something, for a few minutes.
func (c *cluster) until(what string, done func() bool) {
	c.t.Helper()
	for range 1800 {
		if done() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	logs, _ := filepath.Glob(filepath.Join(c.dir, "*.log"))
	for _, path := range logs {
		data, _ := os.ReadFile(path)
		c.t.Logf("%s:\n%s", path, data[max(0, len(data)-2000):])
	}
	c.t.Fatalf("waited in vain until %s\n%s%s", what, c.ask("sinfo", "-N"), c.ask("squeue", "-r"))
}

// stop ends what was started, and nothing else.
func (c *cluster) stop() {
	c.ask("scancel", "-u", "root")
	for range 50 {
		if strings.TrimSpace(c.ask("squeue", "-h")) == "" {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	for _, name := range []string{"n1", "n2", "slurmctld", "munged"} {
		cmd := c.daemons[name]
		if cmd == nil {
			continue
		}
		cmd.Process.Signal(syscall.SIGTERM)
		timer := time.AfterFunc(5*time.Second, func() { cmd.Process.Kill() })
		cmd.Wait()
		timer.Stop()
	}
}
