// A person at work, by script: opens conversations, filters, scrolls, and notes when words are painted.
// All instants are wall clock in milliseconds, to be held against those of other processes.

const MARKED = /#bench-(\d{6})/g;  // the time of day follows at once
const STAY_MS = 6000;
const LOOK_MS = 1000;
const PATIENCE_MS = 15000;

const clock = () => performance.timeOrigin + performance.now();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const until = async (condition) => {
  const over = performance.now() + PATIENCE_MS;
  while (!condition() && performance.now() < over) await pause(20);
};

const painted = {};  // by the number of the message
const stays = [];  // { id, from, until }: while a conversation is open at its end
const done = { opened: 0, filtered: 0, scrolled: 0 };
let isOver = false;

const isSeen = (node) => {
  const [own, frame] = [node.getBoundingClientRect(), node.closest(".scroller").getBoundingClientRect()];
  return own.height > 0 && own.bottom <= frame.bottom + 1 && own.top >= frame.top - 1;
};

// What stands in the document at the start of a frame is painted by that frame, when it is in view.
const note = (node) => {
  const numbers = [...node.textContent.matchAll(MARKED)].map((found) => Number(found[1]));
  const fresh = numbers.filter((n) => !(n in painted));
  if (!fresh.length) return;
  const over = performance.now() + PATIENCE_MS;
  const look = () => requestAnimationFrame(() => {
    if (!node.isConnected || performance.now() > over) return;
    if (!isSeen(node)) { look(); return; }  // until the thread has followed to its end
    window.centralFrameDone((at) => fresh.forEach((n) => { painted[n] ??= performance.timeOrigin + at; }));
  });
  look();
};

const watch = () => {
  const items = window.centralFind(".items");
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.nodeType === 1 && node.closest(".message")) note(node);
    }
  }).observe(items, { childList: true, subtree: true });
};

const isOpen = (id) => {
  const middle = window.centralFind(".middle");
  return middle?.dataset.state === "open" && middle.dataset.conversation === id;
};

const open = async (id) => {
  await until(() => window.centralFind(`#row-${CSS.escape(id)}`));
  window.centralFind(`#row-${CSS.escape(id)}`)?.click();
  await until(() => isOpen(id));
  done.opened += 1;
};

const toEnd = () => {
  const scroller = window.centralFind(".scroller");
  if (scroller) scroller.scrollTop = 1e9;
};

const stay = async (id, ms) => {
  await open(id);
  toEnd();  // a conversation with unread messages opens at the first of them
  await pause(LOOK_MS / 5);
  const one = { id, from: clock(), until: null };
  stays.push(one);
  const over = performance.now() + ms;
  while (!isOver && performance.now() < over) await pause(50);
  one.until = clock();
};

const tab = async (key) => {
  window.centralFind(`.tab[data-key="${key}"]`).click();
  await until(() => window.centralFind(`.tab[data-key="${key}"]`).ariaSelected === "true");
  await pause(LOOK_MS / 2);
  done.filtered += 1;
};

const scroll = async (selector, distances) => {
  for (const top of distances) {
    const node = window.centralFind(selector);
    if (node) node.scrollTop = top;
    done.scrolled += 1;
    await pause(LOOK_MS / 5);
  }
};

const lookAround = async () => {
  await scroll(".scroller", [0, 300, 1e9]);
  await tab("pending");
  await scroll(".list", [600, 1800, 0]);
  const row = window.centralAll(".row")[2];
  if (row) await open(row.dataset.id);
  await pause(LOOK_MS);
  await tab("mine");
};

// Begin; settles once the first conversation is open.
window.centralDesk = async (ids) => {
  await tab("mine");
  watch();
  const work = async () => {
    while (!isOver) {
      for (const id of ids) if (!isOver) await stay(id, STAY_MS);
      if (!isOver) await lookAround();
    }
  };
  work();
  await until(() => stays.length);
};

window.centralDeskEnd = async () => {
  isOver = true;
  await until(() => stays.every((one) => one.until !== null));
  return { painted, stays, done };
};
