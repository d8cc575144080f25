// Runs once, when the library's tools are there. `element`, `trigger` and `watch` are Gradio's.
const tools = element;
const part = (selector) => tools.querySelector(selector);
const view = () => document.getElementById("sanad-library");
const list = () => document.getElementById("sanad-shelf");
const table = () => list()?.querySelector(".shelf");
const PAUSE = 250; // ms after the last key before the list is asked for
const STEP = 300; // ms between two updates of a file's progress
const picked = new Set();
let start = 0;
let said = {};
let limit = 0;
let kinds = [];

const filled = (words, values) =>
  words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
// From left to right, whatever stands around it.
const isolated = (words) => `\u2066${words}\u2069`;
const number = (value) => value.toLocaleString("en");

// What is wished for

function wish() {
  const form = part("form.sieve");
  const values = Object.fromEntries(new FormData(form));
  return { ...values, start };
}

function ask() {
  const form = part("form.sieve");
  const { words, language, after, before } = wish();
  form.querySelector("button.clear").hidden = !(words || language || after || before);
  stale = false;
  closeUnder(false);
  trigger("select", wish());
}

let typing = 0;
function sift() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    start = 0;
    ask();
  }, PAUSE);
}

// What is ticked

function showPicked() {
  const rows = Array.from(list()?.querySelectorAll("tbody tr[data-id]") ?? []);
  for (const row of rows) {
    const box = row.querySelector("input.one");
    box.checked = picked.has(row.dataset.id);
    row.classList.toggle("picked", box.checked);
  }
  const every = list()?.querySelector("input.every");
  if (every) {
    const on = rows.filter((row) => picked.has(row.dataset.id)).length;
    every.checked = on > 0 && on === rows.length;
    every.indeterminate = on > 0 && on < rows.length;
  }
  if (!part(".choice")) return;
  const button = part(".choice .ask");
  button.disabled = !picked.size;
  button.textContent = filled(said.ask, { count: number(picked.size) });
  part(".choice .unpick").hidden = !picked.size;
  const { found = "0", held = "0" } = table()?.dataset ?? {};
  const all = part(".choice .ask-all");
  all.hidden = found === "0" || found === held;
  all.textContent = filled(said.askAll, { count: number(Number(found)) });
}

function pick(box) {
  const ids = box.classList.contains("every")
    ? Array.from(list().querySelectorAll("tbody tr[data-id]"), (row) => row.dataset.id)
    : [box.closest("tr").dataset.id];
  for (const id of ids) {
    if (box.checked) picked.add(id);
    else picked.delete(id);
  }
  showPicked();
}

function choose(wished) {
  trigger("apply", wished);
  const box = () => document.querySelector("#sanad-question textarea")?.focus();
  document.addEventListener("sanad:view", box, { once: true });
  location.hash = "ask";
}

// What the page's head says of the number of documents
function showHeld() {
  const count = document.querySelector(".masthead [data-view='library'] .count");
  const held = table()?.dataset.held;
  if (count && held !== undefined && count.textContent !== held) count.textContent = held;
}

// Under a row: a form to put it right, or a question before it is removed

const isOpen = () => list().querySelector("tr.under") !== null;

function closeUnder(focus) {
  const open = list().querySelector("tr.under");
  if (!open) return;
  const button = open.previousElementSibling?.querySelector(`button.${open.dataset.by}`);
  open.remove();
  if (focus) button?.focus();
  if (stale) refresh();
}

// A list that changes by itself must not take away what somebody is writing in it.
let stale = false;
function refresh() {
  stale = isOpen();
  if (!stale) trigger("select", wish());
}

function openUnder(row, by) {
  closeUnder(false);
  const under = document.createElement("tr");
  const cell = document.createElement("td");
  cell.colSpan = 10;
  under.className = "under";
  under.dataset.by = by;
  under.setAttribute("role", "row");
  cell.setAttribute("role", "cell");
  const kind = by === "correct" ? "correction" : "question";
  cell.append(part(`template.${kind}`).content.cloneNode(true));
  under.append(cell);
  row.after(under);
  return cell;
}

function correct(row) {
  const form = openUnder(row, "correct").querySelector("form");
  const { title, date, language, corrected } = row.dataset;
  form.title.value = title;
  form.date.value = date;
  form.language.value = ["ar", "en", "mixed"].includes(language) ? language : "und";
  form.querySelector("button.back").hidden = !corrected;
  // `form.title` is the field: the form's own property of this name is hidden by it.
  form.elements.title.dir = "auto";
  form.elements.title.focus();
}

function save(form) {
  const { id, title, date, language } = form.closest("tr").previousElementSibling.dataset;
  const now = form.elements;
  const same = now.title.value === title && now.date.value === date
    && now.language.value === language;
  closeUnder(true);
  if (same) return;
  trigger("edit", {
    ...wish(),
    id,
    title: now.title.value,
    date: now.date.value,
    language_of: now.language.value,
    title_was: title,
    date_was: date,
    language_was: language,
  });
}

// What the note said when something was done that takes the focus away with it.
let wanted = null;
const noted = () => document.querySelector("#sanad-shelf-note .shelf-note")?.textContent ?? "";
function remove(row) {
  const { id } = row.dataset;
  closeUnder(false);
  picked.delete(id);
  wanted = noted();
  trigger("delete", { ...wish(), id });
}

// Files that come

const queue = [];
let current = null;
let coming = null;
let progress = { bytes: 0, all: 0, done: 0, failed: 0, total: 0, since: 0, cancelled: false };

const suffix = (name) => (name.includes(".") ? `.${name.split(".").pop().toLowerCase()}` : "");
const hidden = (name) => /^[.~]|^(thumbs\.db|desktop\.ini)$/i.test(name);

const size = (bytes) => bytes < 1e6
  ? filled(said.kb, { count: number(Math.ceil(bytes / 1e3)) })
  : filled(said.mb, { count: number(Math.round(bytes / 1e5) / 10) });

function tell(job, kind, words, html = "") {
  job.item.className = kind;
  const state = job.item.querySelector(".state");
  state.textContent = words;
  if (html) state.innerHTML = html;
  job.bar.hidden = kind !== "sending" && kind !== "reading";
}

function begin(files) {
  const place = part(".incoming");
  const names = place.querySelector("ul");
  if (!current && !queue.length) {
    names.replaceChildren();
    place.querySelector(".unknown").hidden = true;
    progress = {
      bytes: 0, all: 0, done: 0, failed: 0, total: 0, since: performance.now(), cancelled: false,
    };
  }
  const known = files.filter((file) => kinds.includes(suffix(file.name)));
  const others = files.filter((file) => !known.includes(file) && !hidden(file.name));
  if (!known.length && !others.length) return;
  if (others.length) {
    const unknown = place.querySelector(".unknown");
    const seen = new Set(others.map((file) => suffix(file.name) || file.name));
    unknown.textContent = filled(said.unknown, {
      count: number(others.length),
      kinds: isolated(Array.from(seen).slice(0, 8).join(" ")),
      known: isolated(kinds.join(" ")),
    });
    unknown.hidden = false;
  }
  for (const file of known) queue.push(enlisted(file, names));
  place.hidden = false;
  place.querySelector("button.cancel").hidden = false;
  place.querySelector("button.close").hidden = true;
  place.scrollIntoView({ block: "nearest" });
  showSum();
  if (!current) next();
}

function enlisted(file, names) {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  name.dir = "auto";
  state.className = "state";
  bar.max = 1;
  item.append(name, state, bar);
  names.append(item);
  progress.total += 1;
  progress.all += file.size;
  const job = { file, item, bar, sent: 0 };
  tell(job, "waiting", said.waiting);
  return job;
}

function showSum() {
  const { done, failed, total, all, bytes, since } = progress;
  part(".incoming .told").textContent = filled(said.sum, {
    done: number(done),
    total: number(total),
  });
  const through = bytes + (current ? current.sent / 2 : 0);
  part(".incoming .whole").value = all ? through / all : (done + failed) / total;
  const seconds = (performance.now() - since) / 1000;
  const left = through && seconds > 2 ? (seconds / through) * (all - through) : 0;
  const words = left < 90 ? said.secondsLeft : said.minutesLeft;
  part(".incoming .left").textContent = left
    ? `· ${filled(words, { count: number(Math.max(1, Math.round(left < 90 ? left : left / 60))) })}`
    : "";
}

let told = 0;
function sent(job, event) {
  job.sent = event.loaded;
  if (performance.now() - told < STEP && event.loaded < job.file.size) return;
  told = performance.now();
  const share = job.file.size ? Math.min(1, event.loaded / job.file.size) : 1;
  job.bar.value = share;
  tell(job, "sending", filled(said.sending, { share: Math.floor(100 * share) }));
  showSum();
}

function next() {
  current = queue.shift() ?? null;
  if (!current) {
    end();
    return;
  }
  const job = current;
  if (job.file.size > limit) {
    const values = { size: size(job.file.size), limit: part(".shelf-tools").dataset.limitSaid };
    settled(job, false, filled(said.tooLarge, values));
    return;
  }
  coming = new XMLHttpRequest();
  coming.open("POST", "library/files");
  coming.responseType = "json";
  coming.setRequestHeader("x-sanad-upload", "1");
  coming.setRequestHeader("x-sanad-name", encodeURIComponent(job.file.name.toWellFormed()));
  coming.upload.addEventListener("progress", (event) => sent(job, event));
  coming.upload.addEventListener("load", () => {
    job.whole = true;
    job.bar.removeAttribute("value");
    tell(job, "reading", said.reading);
  });
  coming.addEventListener("load", () => {
    const reply = coming.response ?? { ok: false, html: "" };
    settled(job, reply.ok, reply.ok || reply.html ? "" : said.broken, reply.html);
  });
  coming.addEventListener("error", () => settled(job, false, said.broken));
  coming.addEventListener("abort", () => settled(job, null, said.leftOut));
  tell(job, "sending", filled(said.sending, { share: 0 }));
  coming.send(job.file);
}

let listed = 0;
function settled(job, ok, words, html = "") {
  coming = null;
  current = null;
  progress.bytes += job.file.size;
  if (ok) progress.done += 1;
  else if (ok === false) progress.failed += 1;
  tell(job, ok ? "done" : ok === false ? "failed" : "left-out", ok ? said.done : words, html);
  showSum();
  if (queue.length && performance.now() - listed > 5000) {
    listed = performance.now();
    refresh();
  }
  next();
}

function end() {
  const words = progress.cancelled ? said.cancelled : said.ended;
  const { done, failed } = progress;
  part(".incoming .told").textContent = filled(words, {
    done: number(done),
    failed: number(failed),
  });
  part(".incoming .left").textContent = "";
  part(".incoming .whole").value = 1;
  const cancel = part(".incoming button.cancel");
  const close = part(".incoming button.close");
  const focused = document.activeElement === cancel;
  cancel.hidden = true;
  close.hidden = false;
  if (focused) close.focus();
  refresh();
}

// What is being read on the server is taken in all the same: its bytes are there.
function cancel() {
  progress.cancelled = true;
  for (const job of queue.splice(0)) {
    progress.bytes += job.file.size;
    tell(job, "left-out", said.leftOut);
  }
  if (current && !current.whole) coming?.abort();
  else if (!current) end();
}

async function within(entry) {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    for (const one of some) if (!hidden(one.name)) found.push(...(await within(one)));
  }
  return found;
}

async function dropped(transfer) {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = entries.length
    ? (await Promise.all(entries.map((entry) => within(entry).catch(() => [])))).flat()
    : Array.from(transfer.files);
  begin(files);
}

// Events

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
const inView = () => document.documentElement.dataset.view === "library";

document.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  // Else a browser would open the file in place of the page.
  event.preventDefault();
  event.dataTransfer.dropEffect = inView() ? "copy" : "none";
  part(".adding")?.classList.toggle("over", inView());
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) part(".adding")?.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  part(".adding")?.classList.remove("over");
  if (inView()) dropped(event.dataTransfer);
});

tools.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type === "file") {
    begin(Array.from(field.files));
    field.value = "";
  } else if (field.closest("form.sieve")) sift();
});
tools.addEventListener("input", (event) => {
  if (event.target.name === "words") sift();
});
tools.addEventListener("submit", (event) => {
  event.preventDefault();
  sift();
});

const PRESSED = {
  ".adding button.files": () => part("input.files").click(),
  ".adding button.folder": () => part("input.folder").click(),
  ".adding button.sync": () => trigger("submit", {}),
  ".incoming button.cancel": cancel,
  ".incoming button.close": () => {
    part(".incoming").hidden = true;
    part(".adding button.files").focus();
  },
  ".sieve button.clear": () => {
    const { order } = part("form.sieve").elements;
    const kept = order.value;
    part("form.sieve").reset();
    order.value = kept;
    start = 0;
    ask();
    part("form.sieve input").focus();
  },
  ".choice .ask": () => choose({ ids: Array.from(picked) }),
  ".choice .ask-all": () => choose({ ...wish(), all: true }),
  ".choice .unpick": () => {
    picked.clear();
    showPicked();
    list().querySelector("input.every")?.focus();
  },
  "#sanad-shelf button.correct": (button) => correct(button.closest("tr")),
  "#sanad-shelf button.remove": (button) => {
    const row = button.closest("tr");
    if (row.dataset.whose !== "folder") remove(row);
    else openUnder(row, "remove").querySelector("button.cancel").focus();
  },
  "#sanad-shelf button.sure": (button) => remove(button.closest("tr").previousElementSibling),
  "#sanad-shelf button.cancel": () => closeUnder(true),
  "#sanad-shelf button.back": (button) => {
    const { id } = button.closest("tr").previousElementSibling.dataset;
    closeUnder(true);
    trigger("edit", { ...wish(), id, back: true });
  },
  "#sanad-shelf .leaves button": (button) => {
    start = Number(button.dataset.to);
    ask();
    view().scrollTo({ top: 0 });
  },
  "#sanad-shelf-note button.undo": (button) => {
    wanted = noted();
    trigger("undo", { ...wish(), token: button.dataset.token });
  },
  "#sanad-shelf-work button.stop": (button) => {
    button.disabled = true;
    trigger("stop", {});
  },
  "#sanad-shelf-work button.close": (button) => button.closest(".synced").remove(),
  "#sanad-chosen button.clear": () => {
    picked.clear();
    showPicked();
    trigger("apply", { ids: [] });
    document.querySelector("#sanad-question textarea")?.focus();
  },
};
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  for (const [selector, act] of Object.entries(PRESSED)) {
    if (button.matches(selector)) act(button);
  }
});

function attend() {
  if (!list() || !document.querySelector("#sanad-shelf-note .html-container")) {
    requestAnimationFrame(attend);
    return;
  }
  list().addEventListener("change", (event) => {
    if (event.target.matches("input.one, input.every")) pick(event.target);
  });
  list().addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.target);
  });
  list().addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeUnder(true);
  });
  // Gradio changes what is there rather than putting new parts in its place.
  const facts = ["data-id", "data-found", "data-held", "data-start"];
  new MutationObserver(() => {
    showPicked();
    showHeld();
  }).observe(list(), { subtree: true, childList: true, attributes: true, attributeFilter: facts });
  // Not their boxes: in these Gradio counts the seconds of each event.
  const note = document.querySelector("#sanad-shelf-note .html-container");
  const work = document.querySelector("#sanad-shelf-work .html-container");
  for (const place of [note, work]) place.setAttribute("aria-live", "polite");
  new MutationObserver(() => {
    if (wanted === null || !noted() || noted() === wanted) return;
    wanted = null;
    // What had the focus is gone.
    (note.querySelector("button.undo") ?? list().querySelector("input.every"))?.focus();
  }).observe(note, { subtree: true, childList: true, characterData: true });
  let told = false;
  new MutationObserver(() => {
    const ended = work.querySelector(".synced") !== null;
    if (ended && !told) refresh();
    told = ended;
  }).observe(work, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
}

watch("value", () => {
  const facts = part(".shelf-tools")?.dataset;
  if (!facts) return;
  said = JSON.parse(facts.said);
  limit = Number(facts.limit);
  kinds = facts.kinds.split(" ");
  showPicked();
});
// Another tab, or the command line, may have changed the library meanwhile.
document.addEventListener("sanad:view", (event) => {
  if (event.detail === "library" && part("form.sieve") && table()) refresh();
});
attend();
