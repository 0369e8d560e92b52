// Runs a program in a worker of its own, so that the page stays alive and the program can be
// stopped; files are in memory, and nothing leaves the page.
"use strict";

// A program of Go that is compiled for browsers expects what Node.js has: fs, with callbacks,
// and process. The folder of the page is out of its reach, and so is the network.
//
// In the worker: a file system in memory for the program, which asks for it by callbacks.
function worker() {
  // Files by name, as Uint8Array; those that the program makes are added to them.
  let files, stdin, output;
  // Of each stream one, since a write may end within a letter.
  const decoder = {1: new TextDecoder(), 2: new TextDecoder()};
  // The program knows errors by their code alone.
  const failure = code => Object.assign(new Error(code), {code});
  const constants = {O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_TRUNC: 512, O_APPEND: 1024, O_DIRECTORY: 65536, O_SYNC: 0};
  const open = new Map(); // by number
  let next = 10;
  // All files are in one folder, which is the root and the working folder in one.
  const name = path => path.replace(/^(\.\/|\/)+/, "");
  // There are no folders but as beginnings of names, so that mkdir has nothing to do.
  const isFolder = path => name(path) === "" || name(path) === "." || [...files.keys()].some(f => f.startsWith(name(path) + "/"));
  const stat = path => {
    const file = files.get(name(path));
    if (!file && !isFolder(path)) throw failure("ENOENT");
    return {dev: 1, ino: 1, mode: file ? 0o100644 : 0o40755, nlink: 1, uid: 0, gid: 0, rdev: 0, size: file ? file.length : 0, blksize: 4096, blocks: 0,
      atimeMs: 0, mtimeMs: 0, ctimeMs: 0, isDirectory: () => !file};
  };
  const calls = {
    // The modes of flags are those of the constants above, which the program reads from here.
    open(path, flags) {
      const key = name(path);
      if (isFolder(path) && !files.has(key)) { open.set(next, {key, folder: true}); return next++; }
      if (files.has(key) && (flags & constants.O_CREAT) && (flags & constants.O_EXCL)) throw failure("EEXIST");
      if (!files.has(key)) {
        if (!(flags & constants.O_CREAT)) throw failure("ENOENT");
        files.set(key, new Uint8Array(0));
      }
      if (flags & constants.O_TRUNC) files.set(key, new Uint8Array(0));
      open.set(next, {key, at: 0});
      return next++;
    },
    close(fd) { open.delete(fd); },
    // A position that is null is that of the descriptor, which moves on then.
    read(fd, buffer, offset, length, position) {
      const file = fd === 0 ? {at: stdin.at ?? 0} : open.get(fd);
      const data = fd === 0 ? stdin : files.get(file?.key);
      if (!data) throw failure("EBADF");
      const from = position ?? file.at;
      const part = data.subarray(from, from + length);
      buffer.set(part, offset);
      if (position === null || position === undefined) { if (fd === 0) stdin.at = from + part.length; else file.at = from + part.length; }
      return part.length;
    },
    // What goes to the standard streams is shown at once; the program need not end for it.
    write(fd, buffer, offset, length, position) {
      const part = buffer.slice(offset, offset + length);
      if (fd === 1 || fd === 2) { output(fd, decoder[fd].decode(part, {stream: true})); return length; }
      const file = open.get(fd);
      if (!file) throw failure("EBADF");
      const old = files.get(file.key), from = position ?? file.at, data = new Uint8Array(Math.max(old.length, from + length));
      data.set(old);
      data.set(part, from);
      files.set(file.key, data);
      file.at = from + length;
      return length;
    },
    // Standard streams are pipes: a terminal would get colours and progress.
    fstat(fd) { return fd < 3 ? {...stat("/"), mode: 0o10600, isDirectory: () => false} : stat(open.get(fd).key); },
    stat, lstat: stat,
    readdir(path) { const p = name(path) ? name(path) + "/" : ""; return [...new Set([...files.keys()].filter(f => f.startsWith(p)).map(f => f.slice(p.length).split("/")[0]))]; },
    // Who asks for these wants the disk in order; here there is none.
    mkdir() {}, fsync() {}, chmod() {}, fchmod() {}, utimes() {}, chown() {}, fchown() {}, lchown() {}, rmdir() {},
    // Files are written beside their place, and renamed: that is how results appear.
    unlink(path) { if (!files.delete(name(path))) throw failure("ENOENT"); },
    rename(from, to) { const f = files.get(name(from)); if (!f) throw failure("ENOENT"); files.delete(name(from)); files.set(name(to), f); for (const o of open.values()) if (o.key === name(from)) o.key = name(to); },
    ftruncate(fd, n) { const f = open.get(fd); files.set(f.key, files.get(f.key).slice(0, n)); },
    truncate(path, n) { files.set(name(path), files.get(name(path)).slice(0, n)); },
    readlink() { throw failure("EINVAL"); }, link() { throw failure("ENOSYS"); }, symlink() { throw failure("ENOSYS"); },
  };
  // Each call becomes one with a callback, its last argument, called before it returns: the
  // program waits for it anyway.
  globalThis.fs = {constants};
  for (const [call, f] of Object.entries(calls)) {
    fs[call] = (...args) => {
      const callback = args.pop();
      let result;
      try { result = f(...args); } catch (error) { callback(error.code ? error : failure("EIO")); return; }
      callback(null, result);
    };
  }
  // The runtime writes what it says of a crash by this one.
  fs.writeSync = (fd, buffer) => calls.write(fd, buffer, 0, buffer.length, null);
  globalThis.process = {getuid: () => 0, getgid: () => 0, geteuid: () => 0, getegid: () => 0, getgroups: () => [], pid: 1, ppid: 0, umask: () => 0o22, cwd: () => "/", chdir() {}};
  // One message begins the run, and a last one ends it, with the files that were made.
  onmessage = async ({data}) => {
    (0, eval)(data.glue); // from the page, since a worker of a page from a folder loads nothing
    files = new Map(Object.entries(data.files));
    stdin = data.stdin;
    // What the page gave is not handed back.
    const before = new Set(files.keys());
    output = (fd, text) => postMessage({fd, text});
    const go = new Go();
    go.argv = [data.program, ...data.args];
    go.env = {};
    let status = 0;
    // Not to end the worker: there is still something to send.
    go.exit = code => { status = code; };
    await go.run(await WebAssembly.instantiate(data.module, go.importObject));
    const made = {};
    for (const [key, content] of files) if (!before.has(key)) made[key] = content;
    postMessage({status, made});
  };
}

const modules = {}; // promises, by program

// compiled is a program, which is unpacked once.
function compiled(program) {
  // The promise is kept, not the module: two runs that begin at once compile once.
  return modules[program] ??= (async () => {
    const packed = Uint8Array.from(atob(parts[program]), c => c.charCodeAt(0));
    const unpacked = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
    return WebAssembly.compile(await unpacked.arrayBuffer());
  })();
}

// run starts a program. What it returns has a promise of {status, stdout, stderr, made}, and
// stop; a run that is stopped has the status null.
function run(program, args, {files = {}, stdin = "", onText = () => {}} = {}) {
  // Before there is a worker, stop keeps one from being made; later it ends it.
  let stopped = false, stop = () => { stopped = true; };
  const done = (async () => {
    const module = await compiled(program);
    if (stopped) return {status: null, stdout: "", stderr: "", made: {}}; // before it began
    // A page from a folder may not start a worker from a file, but from what it has made.
    const url = URL.createObjectURL(new Blob([`(${worker})()`], {type: "text/javascript"}));
    const result = {status: null, stdout: "", stderr: "", made: {}};
    await new Promise((resolve, reject) => {
      const w = new Worker(url);
      stop = () => { w.terminate(); resolve(); };
      // An error of the worker itself, such as too little memory: the program has no say.
      w.onerror = event => { w.terminate(); reject(new Error(event.message)); };
      w.onmessage = ({data}) => {
        if (data.fd) {
          result[data.fd === 1 ? "stdout" : "stderr"] += data.text;
          onText(data.text, data.fd);
          return;
        }
        Object.assign(result, data);
        w.terminate();
        resolve();
      };
      w.postMessage({program, args, files, stdin: new TextEncoder().encode(stdin), module, glue: parts.glue});
    });
    URL.revokeObjectURL(url);
    return result;
  })();
  return {done, stop: () => stop()};
}
