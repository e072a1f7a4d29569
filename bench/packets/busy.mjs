// Loaded with `node --import` in front of netdiag: keeps its own thread busy for 9 of every 10 milliseconds.

const PERIOD_MS = 10;
const BUSY_MS = 9;

setInterval(() => {
  const until = performance.now() + BUSY_MS;
  while (performance.now() < until);
}, PERIOD_MS).unref();
