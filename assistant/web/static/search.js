// Runs once, when the search form is there: sends what is looked for, and asks for more of it.
const results = () => document.getElementById("sanad-found");
let last = null;
let seen = 0;

function find(wished) {
  last = wished;
  seen = wished.pages > 1 ? document.querySelectorAll("#sanad-found .hit").length : 0;
  results()?.setAttribute("aria-busy", "true");
  trigger("select", wished);
}

element.addEventListener("submit", (event) => {
  event.preventDefault();
  find({ ...Object.fromEntries(new FormData(event.target)), pages: 1 });
});

// Another kind of hits for the same words, at once.
element.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (!form || !form.elements.query.value.trim()) return;
  if (event.target.name === "kind" || event.target.tagName === "SELECT") form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const more = event.target instanceof Element && event.target.closest("#sanad-found button.more");
  if (more && last) find({ ...last, pages: last.pages + 1 });
});

// The button for more stands at the new end, or is gone: the first new hit comes next.
function goOn() {
  const next = seen && document.querySelectorAll("#sanad-found .hit")[seen];
  if (!next) return;
  seen = 0;
  const on = document.activeElement;
  if (on === document.body || on.matches(".more")) next.querySelector(".cite").focus();
}

document.addEventListener("sanad:view", (event) => {
  if (event.detail === "search") element.querySelector("input[type=search]")?.focus();
});

function attend() {
  if (!results()) {
    requestAnimationFrame(attend);
    return;
  }
  new MutationObserver(() => {
    results().removeAttribute("aria-busy");
    goOn();
  }).observe(results(), { subtree: true, childList: true });
}
attend();
