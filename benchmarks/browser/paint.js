// When somebody last clicked or pressed a key. These listeners come before those of the page, which
// may keep an event to themselves.
window.centralLast = {};
for (const event of ["click", "keydown"]) {
  const note = (given) => { window.centralLast[event] = given.timeStamp; };
  window.addEventListener(event, note, { capture: true });
}

window.centralFrameDone = (tell) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => tell(performance.now());
  channel.port2.postMessage(null);
};

// From the next click or key to the paint of what it changes, in milliseconds.
// The condition is tried at the start of every frame: what it sees there is painted by that frame,
// and the message posted from the frame arrives when the frame is done.
window.centralPaint = (event, condition) => new Promise((resolve, reject) => {
  const begun = performance.now();
  const frame = () => {
    const start = window.centralLast[event] ?? 0;
    if (start > begun && condition()) window.centralFrameDone((at) => resolve(at - start));
    else if (performance.now() > begun + 10000) reject(new Error("nothing was painted in 10 s"));
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});

// From the start of the navigation to the paint of what is waited for, in milliseconds.
window.centralFirst = (condition) => new Promise((resolve) => {
  const frame = () => (condition() ? window.centralFrameDone(resolve) : requestAnimationFrame(frame));
  requestAnimationFrame(frame);
});

// The first element that matches, looking into open shadow roots.
window.centralFind = (selector, root = document) => {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const host of root.querySelectorAll("*")) {
    const inner = host.shadowRoot && window.centralFind(selector, host.shadowRoot);
    if (inner) return inner;
  }
  return null;
};

// All elements that match, looking into open shadow roots.
window.centralAll = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)];
  for (const host of root.querySelectorAll("*")) {
    if (host.shadowRoot) found.push(...window.centralAll(selector, host.shadowRoot));
  }
  return found;
};
