// Older entries on scrolling. Without this the link "Older" leads to the next page.

async function fetchPage(url) {
  const response = await fetch(url, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

export async function entriesOf(url) {
  const page = await fetchPage(url);
  return {
    entries: [...page.querySelectorAll("#entries > .entry")],
    tail: page.querySelector(".older, .end"),
  };
}

export function loadOlder() {
  const list = document.getElementById("entries");
  let tail = document.querySelector(".older");
  if (!list || !tail) return;

  let busy = false;
  const observer = new IntersectionObserver(
    (seen) => {
      if (seen.some((entry) => entry.isIntersecting)) load();
    },
    { rootMargin: "600px" },
  );

  async function load() {
    if (busy) return;
    busy = true;
    observer.disconnect();
    list.setAttribute("aria-busy", "true");
    try {
      const older = await entriesOf(tail.querySelector("a").href);
      const known = new Set([...list.children].map((entry) => entry.id));
      list.append(...older.entries.filter((entry) => !known.has(entry.id)));
      if (older.tail) {
        tail.replaceWith(older.tail);
        tail = older.tail;
      }
    } catch {
      // The link stays; the reader can follow it.
      busy = true;
      list.removeAttribute("aria-busy");
      return;
    }
    list.removeAttribute("aria-busy");
    busy = false;
    if (tail.matches(".older")) observer.observe(tail);
  }

  tail.querySelector("a").addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load();
  });
  observer.observe(tail);
}
