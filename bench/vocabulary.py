#!/usr/bin/env python3
"""P* of vocabularies beside NumPy, in one run.

Needs python3 with numpy (Debian: python3-numpy) and go. CPU milliseconds, user and system: of
NumPy in its process, of verify the whole process, arrays read from files. In sorts of NumPy,
which is measured without the start of its process, verify is counted without its own start, too:
that is "verify version", a row of its own, run in turns with each of the others.
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


def command(line):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


starts = []  # of the process of verify, in seconds


def verify(program, count, parts, *words):
    """CPU seconds of one of the parts of a run: of all, and without the start."""
    own, total = [], 0
    for _ in range(count):
        own.append(command([program, "version"]))
        total += command([program, *words, "-normalize"])
    starts.extend(own)
    return total / count / parts, (total - sum(own)) / count / parts


def alone(seconds):
    return seconds, seconds  # there is no start in it


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
        run = lambda count, *words, parts=1: verify(at("verify"), count, parts, *words)
        arrays = ["-p", at("p.npy"), "-q", at("q.npy")]
        rows = [
            ("NumPy: float64 sort of q/p, n = 128 256", alone(measured(lambda: np.sort(ratio), rounds))),
            ("NumPy: P* in floating point, n = 128 256, K = 8", alone(measured(lambda: optimum(p, q, k), rounds))),
            ("verify pstar, iid, n = 128 256, K = 8", run(rounds, "pstar", "-k", "8", *arrays)),
            ("verify pstar, iid, K = 1..8", run(rounds, "pstar", "-k", "1..8", *arrays)),
            ("verify pstar, without replacement, K = 2", run(3, "pstar", "-k", "2", "-drafts", "without-replacement", *arrays)),
            ("verify pstar, without replacement, K = 8", run(3, "pstar", "-k", "8", "-drafts", "without-replacement", *arrays)),
            ("verify pstar, two independent drafts", run(3, "pstar", *arrays, "-p", at("r.npy"))),
            ("verify pstar, three independent drafts, n = 1 000", run(3, "pstar", "-p", at("three.npy"), "-q", at("one.npy"))),
            ("verify pstar -write-rule, iid, K = 8, with the rule", run(5, "pstar", "-k", "8", *arrays, "-write-rule", at("rule.json"))),
            ("verify steps, n = 32 000, K = 2, P*: a step",
             run(3, "steps", "-j", "1", "-k", "2", "-schemes", "optimal", "-p", at("P.npy"), "-q", at("Q.npy"), parts=steps)),
            ("verify steps, P* and specinfer: a step",
             run(3, "steps", "-j", "1", "-k", "2", "-schemes", "optimal,specinfer", "-p", at("P.npy"), "-q", at("Q.npy"), parts=steps)),
        ]
    start = sum(starts) / len(starts)
    rows.insert(2, ("verify version: the start of the process", (start, start)))
    sort = rows[0][1][0]
    print("| CPU | ms | sorts, without the start |\n|---|---|---|")
    for name, (seconds, own) in rows:
        print(f"| {name} | {1e3 * seconds:.1f} | {own / sort:.1f} |")


main()
