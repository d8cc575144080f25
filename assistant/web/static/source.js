// Runs once, when the source panel is there. `element`, `trigger` and `watch` are Gradio's.
const panel = element;
const chat = () => document.getElementById("sanad-conversation");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 55rem)");
let active = null;

const PLACES = "#sanad-conversation, #sanad-found";
const markers = () => Array.from(document.querySelectorAll(`:is(${PLACES}) button.cite`));
const glide = () => (calm.matches ? "auto" : "smooth");

// The panel scrolls, never the page: scrollIntoView would move every box around it too.
function reveal() {
  const text = panel.querySelector(".text");
  const mark = panel.querySelector("mark.focus");
  if (text && mark) {
    const box = text.getBoundingClientRect();
    const words = mark.getBoundingClientRect();
    const room = Math.max(box.height - words.height, 0);
    text.scrollTop += words.top - box.top - Math.min(room / 2, box.height / 3);
  }
  if (active && narrow.matches) {
    const top = panel.getBoundingClientRect().top + scrollY - 8;
    scrollTo({ top, behavior: glide() });
  }
}

// Gradio writes the conversation anew with every piece of an answer; what was added here is lost.
function showActive() {
  if (!markers().length) active = null;
  for (const marker of markers()) {
    const on = isActive(marker);
    if (on === marker.hasAttribute("aria-current")) continue;
    if (on) marker.setAttribute("aria-current", "true");
    else marker.removeAttribute("aria-current");
  }
}

function isActive(marker) {
  return active !== null && marker.dataset.cite === active.token
    && messageNumber(marker) === active.message;
}

function messageNumber(marker) {
  const all = document.querySelectorAll(`:is(${PLACES}) :is(.message, .hit)`);
  return Array.from(all).indexOf(marker.closest(".message, .hit"));
}

function isShown(token) {
  const [, version, start, end] = JSON.parse(token);
  const shown = panel.querySelector(".document");
  return shown !== null && shown.dataset.version === version
    && shown.dataset.range === `${start}-${end}`;
}

// All that can be walked through with a marker: its answer's, or those of one search.
function siblings() {
  const current = markers().find(isActive);
  const around = current && current.closest(".message, .found");
  const all = around ? Array.from(around.querySelectorAll("button.cite")) : [];
  const seen = new Set();
  return all.filter((m) => !seen.has(m.dataset.cite) && seen.add(m.dataset.cite));
}

function placeInWalk() {
  const all = siblings();
  return [all, all.findIndex((m) => m.dataset.cite === active?.token)];
}

function countWalk() {
  const walk = panel.querySelector(".walk");
  if (!walk) return;
  const [all, index] = placeInWalk();
  walk.hidden = all.length < 2 || index < 0;
  walk.querySelector(".where-in").textContent = `${index + 1} / ${all.length}`;
  for (const button of walk.querySelectorAll("button")) {
    button.disabled = !all[index + Number(button.dataset.step)];
  }
}

function step(by) {
  const [all, index] = placeInWalk();
  const next = all[index + by];
  if (!next) return;
  walking = by;
  open(next);
  next.scrollIntoView({ block: "nearest", behavior: glide() });
}

// The panel comes anew with each step, and the button that was used with it. At an end, where it
// can't be used again, the other one gets the focus.
let walking = 0;
function keepWalking() {
  const walk = panel.querySelector(".walk:not([hidden])");
  const lost = document.activeElement === document.body || document.activeElement.disabled;
  if (!walking || !walk || !lost) return;
  const buttons = [walking, -walking].map((to) => walk.querySelector(`[data-step="${to}"]`));
  buttons.find((button) => !button.disabled)?.focus();
  walking = 0;
}

function copy(button, words) {
  const told = panel.querySelector(".tools .done");
  navigator.clipboard.writeText(words).then(() => { told.textContent = told.dataset.copied; });
  closeMenu(button.closest("details"));
}

// The list of citations; whoever was in it stands before it again.
function closeMenu(list) {
  if (!list || !list.open) return;
  const had = list.contains(document.activeElement);
  list.open = false;
  if (had) list.querySelector("summary").focus();
}

function useTool(target) {
  const button = target.closest("#sanad-source .tools button");
  if (!button) return;
  if (button.dataset.step) step(Number(button.dataset.step));
  else if (button.dataset.copy) copy(button, button.dataset.copy);
  else if (button.dataset.path) copy(button, new URL(button.dataset.path, location.href).href);
}

function open(marker) {
  const message = marker.closest(".message, .hit");
  const others = Array.from(message.querySelectorAll("button.cite"), (m) => m.dataset.cite);
  active = { token: marker.dataset.cite, message: messageNumber(marker) };
  showActive();
  // The same words again may change nothing in the panel, and nothing would be noticed.
  if (isShown(active.token)) reveal();
  trigger("select", { marker: active.token, others: others });
}

function back() {
  const marker = markers().find(isActive);
  if (!marker) return;
  marker.focus({ preventScroll: true });
  marker.scrollIntoView({ block: "center", behavior: glide() });
}

// A new question goes to the top of what can be seen, and its answer grows below it, unless the
// person scrolls meanwhile.
let turn = "";
let following = false;
function follow() {
  const asked = chat().querySelectorAll(".message.user");
  const live = document.querySelector("#sanad-live .messages");
  // Earlier turns that come in above are no new question.
  const now = live ? `${live.dataset.conversation || ""}/${live.dataset.turns || 0}` : "";
  if (now !== turn) following = true;
  turn = now;
  if (!following || !asked.length) return;
  const top = asked[asked.length - 1].getBoundingClientRect().top;
  if (narrow.matches) scrollTo({ top: top + scrollY - 8 });
  else chat().scrollTop += top - chat().getBoundingClientRect().top - 16;
}

new MutationObserver(keepWalking).observe(panel, { subtree: true, childList: true });

function attend() {
  if (!chat()) {
    requestAnimationFrame(attend);
    return;
  }
  new MutationObserver((changes) => {
    showActive();
    if (changes.some((change) => change.type !== "attributes")) follow();
  }).observe(chat(), {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-current", "data-cite"],
  });
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    chat().addEventListener(kind, () => { following = false; }, { passive: true });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenu(panel.querySelector("details[open]"));
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const menu = panel.querySelector("details[open]");
  if (menu && !menu.contains(event.target)) closeMenu(menu);
  const marker = event.target.closest(`:is(${PLACES}) button.cite`);
  if (marker) open(marker);
  else if (event.target.closest("#sanad-source button.back")) back();
  else useTool(event.target);
});

attend();
// The page of a PDF, with boxes that can be scrolled to. One that can't be drawn is left out; its
// text is there all the same.
async function draw() {
  const figure = panel.querySelector(".page");
  if (!figure) return;
  const answer = await fetch(figure.dataset.picture).catch(() => null);
  if (!answer || !answer.ok) {
    figure.hidden = true;
    return;
  }
  figure.innerHTML = await answer.text();
  const box = figure.querySelector("rect");
  if (!box) return;
  const top = box.getBoundingClientRect().top - figure.getBoundingClientRect().top;
  figure.scrollTop += top - figure.clientHeight / 3;
}

watch("value", () => requestAnimationFrame(() => { countWalk(); draw(); reveal(); }));
