//go:build !linux

package run

// machineMemory returns how many bytes of memory this process can hope for. 0 is
// unknown: the standard library asks for it nowhere else than on Linux.
func machineMemory() uint64 { return 0 }

// resident is not known here.
func resident() uint64 { return 0 }

// giveBack does nothing here: what may be given back is not known.
func giveBack() {}
