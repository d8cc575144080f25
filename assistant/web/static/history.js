// Runs once, when the list of conversations is there. `element` and `trigger` are Gradio's.
const page = document.documentElement;
const column = () => document.getElementById("sanad-history");
const searchBox = () => document.querySelector("#sanad-history-head input");
const latest = () => document.querySelector("#sanad-live .messages");
const drawer = matchMedia("(max-width: 75rem)");
const PAGE = 100;
const TIME_TO_UNDO = 8000;
let most = PAGE;
let renaming = false;
let wanted = null;

const itemOf = (id) => element.querySelector(`li[data-id="${CSS.escape(id)}"]`);

function refresh() {
  if (renaming) return;
  keepFocus();
  trigger("input", wish());
}

const wish = () => ({ query: searchBox() ? searchBox().value : "", most });

// Gradio writes the list anew; the focus goes back to where it was.
function keepFocus() {
  const at = document.activeElement;
  const item = at && element.contains(at) ? at.closest("li[data-id]") : null;
  if (item) wanted = { id: item.dataset.id, what: at.className || "a" };
}

function giveFocus() {
  if (!wanted || (document.activeElement && document.activeElement !== document.body)) return;
  const item = itemOf(wanted.id);
  const what = item && item.querySelector(wanted.what === "a" ? "a" : `.${wanted.what}`);
  wanted = null;
  if (what) what.focus({ preventScroll: true });
}

// Which one is open

function openOne() {
  return latest() ? latest().dataset.conversation || "" : "";
}

function markOpen() {
  const id = openOne();
  for (const link of element.querySelectorAll("li > a")) {
    const on = link.parentElement.dataset.id === id;
    if (on === link.hasAttribute("aria-current")) continue;
    if (on) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function go(id) {
  if (deleting.has(id)) undo(id);
  const address = new URL(location.href);
  address.searchParams.set("c", id);
  if (openOne() !== id) history.pushState(history.state, "", address);
  trigger("select", { id });
  closeDrawer();
}

addEventListener("popstate", () => {
  const id = new URL(location.href).searchParams.get("c") || "";
  if (!latest() || id === openOne()) return;
  if (deleting.has(id)) undo(id);
  trigger("select", { id });
});

// The one that something was asked in last stands first.
let asked = "";
function followQuestions() {
  markOpen();
  const id = openOne();
  const first = element.querySelector("li[data-id]");
  const now = `${id}/${Boolean(latest() && latest().querySelector(".message.waiting"))}`;
  if (now === asked) return;
  asked = now;
  if (!id || wish().query || (first && first.dataset.id === id)) return;
  refresh();
}

// Renaming

function rename(item) {
  const button = item.querySelector(".rename");
  const link = item.querySelector("a");
  const title = item.querySelector(".title").textContent;
  const input = document.createElement("input");
  input.className = "name";
  input.dir = "auto";
  input.maxLength = 300;
  input.value = title;
  input.setAttribute("aria-label", button.dataset.name);
  renaming = true;
  link.hidden = true;
  link.before(input);
  input.focus();
  input.select();
  const end = (keep) => {
    if (!renaming) return;
    renaming = false;
    const words = input.value.trim();
    const had = document.activeElement === input;
    input.remove();
    link.hidden = false;
    if (had) button.focus();
    if (!keep || !words || words === title) return;
    item.querySelector(".title").textContent = words;
    keepFocus();
    trigger("edit", { id: item.dataset.id, title: words, ...wish() });
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter");
  });
  input.addEventListener("blur", () => end(true));
}

// Deleting: only when there was time to undo it, or when the person has left.

const deleting = new Map();

function remove(item) {
  const { id } = item.dataset;
  const isOpen = openOne() === id;
  deleting.set(id, { isOpen, timer: setTimeout(() => erase(id), TIME_TO_UNDO) });
  showDeleted();
  item.querySelector(".undo").focus();
  if (isOpen) document.getElementById("sanad-new").click();
}

function undo(id) {
  const held = deleting.get(id);
  if (!held) return;
  clearTimeout(held.timer);
  deleting.delete(id);
  const item = itemOf(id);
  const had = item !== null && item.contains(document.activeElement);
  showDeleted();
  if (had) item.querySelector(".delete").focus();
  if (held.isOpen && !openOne()) go(id);
}

async function erase(id) {
  const response = await sendDeletion(id).catch(() => null);
  deleting.delete(id);
  const item = itemOf(id);
  if (!response || !(response.ok || response.status === 404)) {
    const line = document.querySelector("#sanad-history-head .told");
    line.textContent = line.dataset.kept;
    showDeleted();
    return;
  }
  if (item) {
    const near = item.nextElementSibling || item.previousElementSibling;
    const had = item.contains(document.activeElement);
    item.remove();
    if (had) (near ? near.querySelector("a, .undo") : searchBox()).focus();
  }
  refresh();
}

function sendDeletion(id) {
  const address = `conversations/${encodeURIComponent(id)}`;
  return fetch(address, { method: "DELETE", keepalive: true });
}

addEventListener("pagehide", () => {
  for (const [id, held] of deleting) {
    clearTimeout(held.timer);
    sendDeletion(id).catch(() => null);
  }
  deleting.clear();
});

function showDeleted() {
  for (const item of element.querySelectorAll("li[data-id]")) {
    const on = deleting.has(item.dataset.id);
    const shown = item.querySelector(".gone");
    if (on === Boolean(shown)) continue;
    for (const part of item.children) part.hidden = on;
    if (on) item.append(...whatIsGone(item));
    else for (const part of item.querySelectorAll(".gone, .undo")) part.remove();
  }
}

function whatIsGone(item) {
  const { deleted, undo: words, undoOf } = item.querySelector(".delete").dataset;
  const gone = document.createElement("span");
  gone.className = "gone";
  gone.textContent = deleted;
  const back = document.createElement("button");
  back.type = "button";
  back.className = "undo";
  back.textContent = words;
  back.setAttribute("aria-label", undoOf);
  return [gone, back];
}

// The drawer of narrow screens

const others = () => ["sanad-header", "sanad-ask", "sanad-side"].map((id) => document.getElementById(id));

function openDrawer() {
  page.dataset.history = "open";
  for (const part of others()) part.inert = true;
  tellDrawer();
  searchBox().focus();
}

function closeDrawer() {
  if (page.dataset.history !== "open") return;
  delete page.dataset.history;
  for (const part of others()) part.inert = false;
  tellDrawer();
  const button = document.querySelector(".open-history");
  if (button && drawer.matches) button.focus({ preventScroll: true });
}

function tellDrawer() {
  const button = document.querySelector(".open-history");
  if (button) button.setAttribute("aria-expanded", String(page.dataset.history === "open"));
}

drawer.addEventListener("change", closeDrawer);
document.addEventListener("sanad:view", (event) => {
  if (event.detail !== "ask") closeDrawer();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest(".open-history")) openDrawer();
  else if (event.target.closest("#sanad-history-head .close")) closeDrawer();
  else if (page.dataset.history === "open" && !event.target.closest("#sanad-history")
    && event.target.isConnected) closeDrawer();
});

element.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const item = event.target.closest("li[data-id]");
  const button = event.target.closest("button");
  if (button && button.matches(".more")) {
    most += PAGE;
    wanted = { id: element.querySelector("li:last-child").dataset.id, what: "a" };
    trigger("input", wish());
  } else if (!item) return;
  else if (button && button.matches(".rename")) rename(item);
  else if (button && button.matches(".delete")) remove(item);
  else if (button && button.matches(".undo")) undo(item.dataset.id);
  else if (event.target.closest("a") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    go(item.dataset.id);
  }
});

let typing = 0;
document.addEventListener("input", (event) => {
  if (event.target !== searchBox()) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    most = PAGE;
    trigger("input", wish());
  }, 200);
});

// The server names the days by the person's own clock.
function tellZone() {
  const zone = `sanad-zone=${encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone)}`;
  if (document.cookie.split(/;\s*/).includes(zone)) return;
  document.cookie = `${zone}; path=/; max-age=31536000; samesite=lax`;
  refresh();
}

function attend() {
  const live = document.getElementById("sanad-live");
  if (!live || !column() || !searchBox()) {
    requestAnimationFrame(attend);
    return;
  }
  new MutationObserver(followQuestions).observe(live, { subtree: true, childList: true });
  new MutationObserver(() => {
    markOpen();
    showDeleted();
    giveFocus();
  }).observe(element, { subtree: true, childList: true });
  markOpen();
  tellZone();
}
attend();
