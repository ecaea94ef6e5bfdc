// Tells the portal, once a minute at most, that somebody is at work on this page: what only moves by itself must not keep a session open.
const pause = 60_000;
let last = performance.now();

function here() {
  if (performance.now() - last < pause) return;
  last = performance.now();
  // A failure needs no answer: if the session is over, the circuit says so; if the network is away, the next key press tries again.
  fetch("/account/here", { redirect: "manual" }).catch(() => { last -= pause; });
}

addEventListener("pointerdown", here, { passive: true });
addEventListener("keydown", here, { passive: true });
