// Runs once, when what goes with the messages' buttons is there. `element` and `trigger` are Gradio's.
const talk = () => document.getElementById("sanad-conversation");
const box = () => document.querySelector("#sanad-question textarea, #sanad-question input");
const latest = () => document.querySelector("#sanad-live .messages");
const conversation = () => (latest() ? latest().dataset.conversation || "" : "");

// A question goes back into the box, to be changed and asked anew.
function revise(question) {
  if (!box()) return;
  box().value = question;
  box().dispatchEvent(new Event("input", { bubbles: true }));
  box().focus();
  box().setSelectionRange(question.length, question.length);
}

// Copying

// By way of the event: it takes both forms, and works where a page may not use the clipboard.
function copyBoth(text, html) {
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
  };
  document.addEventListener("copy", fill, { once: true, capture: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  return done;
}

async function copy(button) {
  let done = copyBoth(button.dataset.text, button.dataset.html);
  if (!done && navigator.clipboard) {
    done = await navigator.clipboard.writeText(button.dataset.text).then(() => true, () => false);
  }
  tell(done ? "copied" : "failed");
}

let telling = 0;
function tell(name) {
  const line = element.querySelector(".told");
  if (!line) return;
  line.textContent = line.dataset[name];
  clearTimeout(telling);
  telling = setTimeout(() => { line.textContent = ""; }, 5000);
}

// Ratings: what was said here counts, since Gradio writes the messages anew from what it knew.

const said = new Map();
const key = (acts) => `${conversation()}/${acts.dataset.number}`;

function ratingOf(acts) {
  const held = said.get(key(acts));
  if (held) return held;
  const pressed = acts.querySelector('[aria-pressed="true"]');
  const good = pressed ? pressed.classList.contains("good") : null;
  return { good, reason: acts.querySelector(".why").dataset.reason };
}

function showRatings() {
  for (const acts of talk().querySelectorAll(".acts.of-answer:has(.why)")) {
    const held = said.get(key(acts));
    if (!held) continue;
    for (const name of ["good", "bad"]) {
      const on = String(held.good === (name === "good"));
      const thumb = acts.querySelector(`.${name}`);
      if (thumb.getAttribute("aria-pressed") !== on) thumb.setAttribute("aria-pressed", on);
    }
    const why = acts.querySelector(".why");
    if (why.hidden !== (held.good === null)) why.hidden = held.good === null;
  }
}

function rate(acts, good, reason) {
  said.set(key(acts), { good, reason });
  showRatings();
  const number = Number(acts.dataset.number);
  trigger("like", { conversation: conversation(), number, good, reason });
}

function thumb(button) {
  const acts = button.closest(".acts");
  const good = button.classList.contains("good");
  if (ratingOf(acts).good === good) {
    rate(acts, null, "");
    return;
  }
  rate(acts, good, "");
  if (!good) askWhy(acts);
}

function askWhy(acts) {
  const dialog = element.querySelector("dialog.reasons");
  const held = ratingOf(acts);
  const { separator } = dialog.dataset;
  const kind = held.good ? "good" : "bad";
  const parts = held.reason.split(separator);
  const listed = new Set();
  for (const list of dialog.querySelectorAll("fieldset")) {
    list.hidden = !list.classList.contains(kind);
    for (const choice of list.querySelectorAll("input")) {
      choice.checked = !list.hidden && parts.includes(choice.value);
      if (choice.checked) listed.add(choice.value);
    }
  }
  const own = dialog.querySelector("textarea");
  own.value = parts.filter((part) => part && !listed.has(part)).join(separator);
  dialog.returnValue = "";
  dialog.onclose = () => {
    const again = talk().querySelector(`.acts[data-number="${acts.dataset.number}"] .${kind}`);
    if (again) again.focus({ preventScroll: true });
    if (dialog.returnValue !== "send") return;
    const chosen = Array.from(dialog.querySelectorAll("input:checked"), (choice) => choice.value);
    const words = own.value.trim();
    rate(acts, held.good, [...chosen, ...(words ? [words] : [])].join(separator));
  };
  dialog.showModal();
}

// The exports of the conversation that is open.
function showExports() {
  const exports = document.querySelector("#sanad-tools .export");
  if (!exports) return;
  const id = conversation();
  if (exports.hidden !== !id) exports.hidden = !id;
  for (const link of exports.querySelectorAll("a")) {
    const address = `conversations/${encodeURIComponent(id)}.${link.dataset.form}`;
    if (link.getAttribute("href") !== address) link.setAttribute("href", address);
  }
}

// What was first on the page stays where it is while earlier turns come in above it.
function lookBack(button) {
  const count = talk().querySelectorAll(".message.user").length;
  const before = talk().scrollHeight;
  const wide = getComputedStyle(talk()).overflowY === "auto";
  const seen = new MutationObserver(() => {
    if (talk().querySelectorAll(".message.user").length === count) return;
    seen.disconnect();
    const grown = talk().scrollHeight - before;
    if (wide) talk().scrollTop += grown;
    else scrollBy(0, grown);
    const edits = Array.from(talk().querySelectorAll(".acts .edit"));
    const next = talk().querySelector("button.earlier") || edits[edits.length - count];
    if (next && document.activeElement === document.body) next.focus({ preventScroll: true });
  });
  seen.observe(document.getElementById("sanad-past"), { subtree: true, childList: true });
  button.disabled = true;
  trigger("expand", {});
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  for (const open of document.querySelectorAll("details.export[open]")) {
    if (!open.contains(event.target) || event.target.closest("a")) open.open = false;
  }
  const button = event.target.closest("#sanad-conversation button");
  if (!button) return;
  const acts = button.closest(".acts");
  if (button.matches(".starter")) trigger("retry", { again: button.dataset.question });
  else if (button.matches(".revise")) revise(button.dataset.question);
  else if (button.matches(".earlier")) lookBack(button);
  else if (!acts) return;
  else if (button.matches(".edit")) revise(acts.dataset.question);
  else if (button.matches(".again")) trigger("retry", { again: acts.dataset.question });
  else if (button.matches(".copy, .copy-cited")) copy(button);
  else if (button.matches(".good, .bad")) thumb(button);
  else if (button.matches(".why")) askWhy(acts);
});

document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.export[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// Sending and stopping give way to each other; the focus that was on one of them goes to the box.
let used = null;
document.addEventListener("focusin", (event) => { used = event.target; });
function keepFocus() {
  if (document.activeElement !== document.body || !used) return;
  const composes = used.matches("#sanad-send, #sanad-stop");
  if (composes && !used.checkVisibility() && box()) box().focus({ preventScroll: true });
}

function attend() {
  if (!talk() || !document.querySelector("#sanad-tools .export")) {
    requestAnimationFrame(attend);
    return;
  }
  const show = () => { showRatings(); showExports(); };
  new MutationObserver(show).observe(talk(), { subtree: true, childList: true });
  new MutationObserver(keepFocus).observe(document.getElementById("sanad-composer"), {
    subtree: true, childList: true, attributes: true, attributeFilter: ["class", "style"],
  });
  show();
}
attend();
