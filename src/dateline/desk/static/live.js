// New entries: announced in a bar and put on top without moving what is being read.

import { entriesOf } from "./older.js";

const GATHER = 150; // milliseconds in which changes are gathered

export function live() {
  const bar = document.getElementById("live");
  const list = document.getElementById("entries");
  const announce = document.getElementById("announce");
  if (!bar?.dataset.stream || !list) return;

  const state = document.getElementById("live-state");
  const toggle = document.getElementById("live-toggle");
  const title = document.title;
  const changed = new Set();
  let unseen = 0;
  let paused = false;
  let timer = null;
  let working = false;

  bar.hidden = false;
  const source = new EventSource(bar.dataset.stream);
  source.addEventListener("open", () => show(true));
  source.addEventListener("error", () => show(false));
  source.addEventListener("reset", () => location.reload());
  for (const kind of ["new", "extended", "changed", "withdrawn"]) {
    source.addEventListener(kind, (message) => {
      const { event } = JSON.parse(message.data);
      if (kind === "changed" || kind === "withdrawn") {
        if (!document.getElementById(`e-${event.id}`)) return;
      }
      changed.add(event.id);
      timer ??= setTimeout(gathered, GATHER);
    });
  }
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  function show(on) {
    bar.classList.toggle("on", on && !paused);
    state.textContent = paused ? "paused" : on ? "live" : "not connected, trying again";
  }

  toggle.addEventListener("click", () => {
    paused = !paused;
    toggle.setAttribute("aria-pressed", String(paused));
    toggle.textContent = paused ? "Go on" : "Pause";
    show(source.readyState === EventSource.OPEN);
    if (!paused && changed.size) gathered();
  });

  function gathered() {
    timer = null;
    if (!changed.size) return;
    if (paused) tell(changed.size, insert, scrollY > 8);
    else insert();
  }

  async function insert() {
    if (working) {
      timer ??= setTimeout(gathered, GATHER);
      return;
    }
    working = true;
    const wanted = new Set(changed);
    changed.clear();
    try {
      const page = await entriesOf(location.pathname + location.search);
      put(page.entries, wanted);
    } catch {
      wanted.forEach((id) => changed.add(id));
      timer ??= setTimeout(gathered, 3000);
    } finally {
      working = false;
    }
  }

  function put(entries, wanted) {
    document.getElementById("none")?.remove();
    const held = heldEntry();
    const atTop = scrollY < 8 && !document.activeElement?.closest?.(".entry");
    const before = held?.getBoundingClientRect().top;
    const focused = document.activeElement?.closest?.(".entry")?.id;
    const fresh = [];
    const anchor = list.firstElementChild;
    for (const entry of entries) {
      const old = document.getElementById(entry.id);
      if (old && old.dataset.version === entry.dataset.version) continue;
      const moved = old && wanted.has(entry.dataset.id) && old === held;
      if (old && (moved || entry.id === focused)) {
        old.replaceWith(entry); // what is being read stays where it is
        continue;
      }
      old?.remove();
      entry.classList.add("fresh");
      fresh.push(entry);
    }
    if (anchor?.isConnected) anchor.before(...fresh);
    else list.prepend(...fresh);
    if (focused && document.activeElement?.id !== focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    if (!fresh.length) return;
    unseen += fresh.length;
    if (atTop) {
      tell(unseen, dismiss);
      setTimeout(() => scrollY < 8 && dismiss(), 8000);
    } else {
      const kept = held?.isConnected ? held : document.getElementById(held?.id);
      if (kept) scrollBy(0, kept.getBoundingClientRect().top - before);
      tell(unseen, () => {
        scrollTo({ top: 0 });
        dismiss();
      }, true);
    }
  }

  function heldEntry() {
    return [...list.children].find((entry) => entry.getBoundingClientRect().bottom > 60);
  }

  function tell(number, action, over = false) {
    announce.classList.toggle("over", over);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${number} new ${number === 1 ? "event" : "events"}`;
    button.addEventListener("click", action);
    announce.replaceChildren(button);
    document.title = `(${number}) ${title}`;
  }

  function dismiss() {
    unseen = 0;
    announce.replaceChildren();
    document.title = title;
  }

  addEventListener(
    "scroll",
    () => {
      if (unseen && scrollY < 8) setTimeout(() => scrollY < 8 && dismiss(), 1500);
    },
    { passive: true },
  );
}
