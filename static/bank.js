// The bank of questions, quicker: what is found changes while somebody types,
// and taking a question leaves the list where it is. Without this script the
// same forms do the same.

const WAIT = 250; // after the last key, in milliseconds

const search = document.querySelector("[data-search]");
const take = document.querySelector("[data-take]");
const say = (text) => { document.querySelector("[data-said]").textContent = text; };

// swap puts the regions of a fresh page in the place of those shown.
function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const old of document.querySelectorAll("[data-swap]")) {
    const next = fresh.querySelector(`[data-swap="${old.dataset.swap}"]`);
    if (next) old.replaceChildren(...next.childNodes);
  }
  const back = fresh.querySelector('[name="retour"]');
  if (back) take.elements.retour.value = back.value;
  foldThemes();
}

let asked = 0;
async function find() {
  const turn = ++asked;
  const address = `${search.action}?${query()}`;
  const found = document.querySelector('[data-swap="found"]');
  found.classList.add("searching");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (answer.redirected || !answer.ok) return location.assign(address);
    const html = await answer.text();
    if (turn !== asked) return;
    swap(html);
    history.replaceState(null, "", address);
    say(document.querySelector("[data-found]").textContent);
  } catch {
    say("La connexion est coupée : réessayez dans un instant.");
  } finally {
    if (turn === asked) found.classList.remove("searching");
  }
}

// query is what the form asks, without what is blank, and the place chosen.
function query() {
  const values = new URLSearchParams(new FormData(search));
  values.set("ou", take.elements.ou.value);
  for (const [name, value] of [...values]) if (!value) values.delete(name);
  return values;
}

async function add(button) {
  const values = new URLSearchParams(new FormData(take));
  values.set("question", button.value);
  const place = [...document.querySelectorAll(".samples > li")].indexOf(button.closest("li"));
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(take.action, { method: "POST", body: values, headers: { Accept: "text/html" } });
    if (answer.status === 403 || new URL(answer.url).pathname === "/connexion") return location.reload();
    swap(await answer.text());
    tell(document.querySelector('[data-swap="told"]'), place);
  } catch {
    button.removeAttribute("aria-disabled");
    say("La connexion est coupée : la question n’a pas été ajoutée. Réessayez.");
  }
}

// tell shows what was done where the question stood, so that the list stays in
// place; what could not be done is told on top.
function tell(told, place) {
  const done = told.querySelector(".just-done");
  const list = document.querySelector(".samples");
  let shown = told;
  if (done && list) {
    shown = document.createElement("li");
    shown.className = "took";
    shown.tabIndex = -1;
    shown.append(done);
    list.insertBefore(shown, list.children[place] ?? null);
  }
  shown.scrollIntoView({ block: "nearest" });
  shown.focus({ preventScroll: true });
  say(shown.querySelector("p, li")?.textContent ?? "");
}

// On a phone the themes come folded, so that the questions are near.
function foldThemes() {
  document.querySelector(".themes").open = matchMedia("(min-width: 64rem)").matches;
}

let timer;
search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, WAIT); });
search.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); find(); });
take.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.name === "question" && event.submitter.ariaDisabled !== "true") add(event.submitter);
});
document.querySelectorAll("[data-plain]").forEach((e) => { e.hidden = true; });
foldThemes();
