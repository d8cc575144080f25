// Runs once, when the page's head is there: views, language, light or dark, and the address.
const root = document.documentElement;

// One view at a time; its name stands in the address, so that it can be linked and gone back to.
function show(view) {
  root.dataset.view = view;
  for (const button of element.querySelectorAll("[data-view]")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  document.dispatchEvent(new CustomEvent("sanad:view", { detail: view }));
}

function fromAddress() {
  const views = Array.from(element.querySelectorAll("[data-view]"), (b) => b.dataset.view);
  const wished = location.hash.slice(1);
  show(views.includes(wished) ? wished : "ask");
}

function speak(language) {
  const year = 31536000;
  document.cookie = `sanad-language=${language}; path=/; max-age=${year}; samesite=lax`;
  keepDraft();
  location.reload();
}

const person = () => element.querySelector(".person")?.textContent || "";

function keepDraft() {
  const box = document.querySelector("#sanad-question textarea");
  if (!box || !box.value) return;
  sessionStorage.setItem("sanad-draft", box.value);
  sessionStorage.setItem("sanad-draft-of", person());
}

// What was being written when the language was changed, or when the session had ended.
function takeUpDraft() {
  const draft = sessionStorage.getItem("sanad-draft");
  const box = document.querySelector("#sanad-question textarea");
  if (!draft || !box || !element.querySelector(".masthead")) return;
  sessionStorage.removeItem("sanad-draft");
  // Somebody else may have signed in.
  if ((sessionStorage.getItem("sanad-draft-of") || "") !== person()) return;
  box.value = draft;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function paint(dark) {
  document.body.classList.toggle("dark", dark);
  const button = element.querySelector("button.theme");
  if (button) button.setAttribute("aria-pressed", String(dark));
}

element.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  if (button.dataset.view) location.hash = button.dataset.view;
  else if (button.dataset.language) speak(button.dataset.language);
  else if (button.classList.contains("theme")) {
    const dark = !document.body.classList.contains("dark");
    localStorage.setItem("sanad-theme", dark ? "dark" : "light");
    paint(dark);
  }
});

// The conversation's id goes into the address, so that a reload shows it again.
function nameConversation() {
  const shown = document.querySelector("#sanad-live .messages");
  if (!shown) return; // nothing has come from the server yet
  const address = new URL(location.href);
  const id = shown.dataset.conversation || "";
  if ((address.searchParams.get("c") || "") === id) return;
  if (id) address.searchParams.set("c", id);
  else address.searchParams.delete("c");
  history.replaceState(history.state, "", address);
}

function attend() {
  const live = document.getElementById("sanad-live");
  if (!live) {
    requestAnimationFrame(attend);
    return;
  }
  new MutationObserver(nameConversation).observe(live, { subtree: true, childList: true });
  takeUpDraft();
}

// Whoever is signed in no more is led to the door, and from there back to this address.
let leaving = false;
function askWho(address) {
  const asked = new URL(address, location.href);
  if (leaving || asked.origin !== location.origin) return;
  leaving = true;
  keepDraft();
  location.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

// Everything of the page asks by this function, Gradio's own parts too.
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  if (answer.status === 401) askWho(answer.url);
  return answer;
};

addEventListener("hashchange", fromAddress);
watch("value", () => {
  fromAddress();
  takeUpDraft();
  const chosen = localStorage.getItem("sanad-theme");
  if (chosen) paint(chosen === "dark");
  else paint(document.body.classList.contains("dark"));
});
attend();
