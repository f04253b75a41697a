import { followKeys } from "./keys.js";
import { loadOlder } from "./older.js";
import { live } from "./live.js";

function theme() {
  const button = document.getElementById("theme-button");
  button?.addEventListener("click", () => {
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // It holds for this page only.
    }
    root.dispatchEvent(new Event("themechange"));
  });
}

function shortForms() {
  // What a form leaves empty has no place in the address.
  document.getElementById("filter")?.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) {
      if (!value.trim()) event.formData.delete(name);
    }
  });
}

theme();
shortForms();
followKeys();
loadOlder();
live();
