// What the pages share: a button that starts a program, one that stops it, and where what it
// says appears.
"use strict";
const $ = id => document.getElementById(id);

// task makes a button run work, which gets a function that starts a program and waits for
// it, and returns how the result is to be shown and its text. In the end, however it came,
// after is called.
function task(go, stop, work, after = () => {}) {
  go.addEventListener("click", async () => {
    const begun = performance.now(), show = (kind, text) => { $("result").className = "result " + kind; $("result").textContent = text; };
    // A clock that stands still would say that the page hangs; the program runs in a worker.
    const clock = setInterval(() => { $("time").textContent = `${((performance.now() - begun) / 1000).toFixed(1)} s`; }, 100);
    let current, stopped = false;
    // The button may be pressed before the program is there, or while it is being compiled.
    const end = () => { stopped = true; current?.stop(); };
    // One program at a time: there is one place for what it says.
    for (const other of document.querySelectorAll("button.main")) other.disabled = true;
    stop.disabled = false;
    stop.addEventListener("click", end);
    $("output").textContent = "";
    show("", "running");
    try {
      const [kind, text] = await work((program, args, options) => {
        current = run(program, args, {...options, onText: text => { $("output").textContent += text; }});
        return current.done;
      });
      if (stopped) show("open", "stopped");
      else show(kind, text);
    } catch (error) { // the browser's: what programs say comes as their result
      show("bad", String(error));
    }
    // However it ended, the page is as before.
    clearInterval(clock);
    $("time").textContent = `${((performance.now() - begun) / 1000).toFixed(2)} s`;
    stop.disabled = true;
    stop.removeEventListener("click", end);
    for (const other of document.querySelectorAll("button.main")) other.disabled = false;
    after();
  });
}
