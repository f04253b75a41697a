// j and k move between entries, / searches, ? shows the keys.

const entries = () => [...document.querySelectorAll("main .entry")];

function move(step) {
  const all = entries();
  if (!all.length) return;
  const held = document.activeElement?.closest?.(".entry");
  let at = all.indexOf(held) + step;
  if (!held) {
    const top = all.findIndex((entry) => entry.getBoundingClientRect().bottom > 60);
    at = step > 0 ? Math.max(top, 0) : Math.max(top - 1, 0);
  }
  const next = all[Math.min(Math.max(at, 0), all.length - 1)];
  next.focus({ preventScroll: true });
  const box = next.getBoundingClientRect();
  if (box.top < 60 || box.bottom > innerHeight) next.scrollIntoView({ block: "start" });
}

function open() {
  const entry = document.activeElement;
  if (!entry?.matches?.(".entry")) return false;
  entry.querySelector("h2 a, td a, .links a")?.click();
  return true;
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  o: open,
  Enter: open,
  n: () => document.querySelector("#announce button")?.click(),
  "/": () => {
    const field = document.getElementById("q");
    if (field) field.select();
    else location.assign("/search");
  },
  "?": () => document.getElementById("keys").showModal(),
};

export function followKeys() {
  document.getElementById("keys-button")?.addEventListener("click", actions["?"]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, dialog[open]")) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (action && action() !== false) event.preventDefault();
  });
}
