#!/usr/bin/env python3
"""P* of vocabularies beside NumPy, in one run.

Needs python3 with numpy (Debian: python3-numpy) and go. CPU seconds, user and system: of
NumPy in the process, without its start, of verify the whole process, arrays read from files.
The laws are log-normal, as of a language model, in float32.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20


def softmax(rng, n):
    e = np.exp(2.5 * rng.standard_normal(n))
    return (e / e.sum()).astype(np.float32)


def measured(f, count):
    start = time.process_time()
    for _ in range(count):
        f()
    return (time.process_time() - start) / count


def command(line, count):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(count):
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / count


def optimum(p, q, k):
    order = np.argsort(q / p)
    return (np.cumsum(q[order]) + 1 - np.cumsum(p[order]) ** k).min()


def main():
    rng = np.random.default_rng(1)
    n, k, small, steps = 128256, 8, 32000, 40
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        subprocess.run(["go", "build", "-o", at("verify"), "./cmd/verify"], cwd=root, check=True)
        for name in "pqr":
            np.save(at(name + ".npy"), softmax(rng, n))
        np.save(at("three.npy"), np.stack([softmax(rng, 1000) for _ in range(3)]))
        np.save(at("one.npy"), softmax(rng, 1000))
        for name in "PQ":
            np.save(at(name + ".npy"), np.stack([softmax(rng, small) for _ in range(steps)]))
        p, q = np.load(at("p.npy")).astype(np.float64), np.load(at("q.npy")).astype(np.float64)
        ratio = q / p
        verify = lambda count, *words: command([at("verify"), *words, "-normalize"], count)
        arrays = ["-p", at("p.npy"), "-q", at("q.npy")]
        rows = [
            ("NumPy: float64 sort of q/p, n = 128 256", measured(lambda: np.sort(ratio), rounds)),
            ("NumPy: P* in floating point, n = 128 256, K = 8", measured(lambda: optimum(p, q, k), rounds)),
            ("verify pstar, iid, n = 128 256, K = 8", verify(rounds, "pstar", "-k", "8", *arrays)),
            ("verify pstar, iid, K = 1..8", verify(rounds, "pstar", "-k", "1..8", *arrays)),
            ("verify pstar, without replacement, K = 2", verify(3, "pstar", "-k", "2", "-drafts", "without-replacement", *arrays)),
            ("verify pstar, without replacement, K = 8", verify(3, "pstar", "-k", "8", "-drafts", "without-replacement", *arrays)),
            ("verify pstar, two independent drafts", verify(3, "pstar", *arrays, "-p", at("r.npy"))),
            ("verify pstar, three independent drafts, n = 1 000", verify(3, "pstar", "-p", at("three.npy"), "-q", at("one.npy"))),
            ("verify pstar -write-rule, iid, K = 8, with the rule", verify(5, "pstar", "-k", "8", *arrays, "-write-rule", at("rule.json"))),
            ("verify steps, n = 32 000, K = 2, P*: a step",
             verify(3, "steps", "-j", "1", "-k", "2", "-schemes", "optimal", "-p", at("P.npy"), "-q", at("Q.npy")) / steps),
            ("verify steps, P* and specinfer: a step",
             verify(3, "steps", "-j", "1", "-k", "2", "-schemes", "optimal,specinfer", "-p", at("P.npy"), "-q", at("Q.npy")) / steps),
        ]
    sort = rows[0][1]
    print("| CPU | ms | sorts |\n|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {1e3 * seconds:.1f} | {seconds / sort:.1f} |")


main()
