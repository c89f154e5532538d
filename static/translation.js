// Translations are kept as they are typed, one text at a time. Without this
// script each part has a button that does the same.

const WAIT = 1200; // after the last key, in milliseconds
const AGAIN = 5000; // before trying again when the network is gone

const say = (text) => { document.querySelector("[data-said]").textContent = text; };
const waiting = new Map(); // fields that are not kept yet, with their timer

const parts = (field) => {
  const text = field.closest("[data-text]");
  return {
    text, form: field.form, place: text.querySelector('[name="lieu"]'), was: text.querySelector('[name="avait"]'),
    mark: text.querySelector("[data-mark]"), beside: text.querySelector(".beside"),
  };
};

function mark(field, words, late) {
  const { mark: place } = parts(field);
  place.textContent = words;
  place.classList.toggle("late", Boolean(late));
}

// later keeps a text once nobody types in it any more.
function later(field, delay) {
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => keep(field), delay));
}

let line = Promise.resolve(); // one text after the other
function keep(field) {
  clearTimeout(waiting.get(field));
  line = line.then(() => send(field));
  return line;
}

async function send(field) {
  const { form, place, was } = parts(field);
  const typed = field.value;
  if (typed === was.value) { waiting.delete(field); return; }
  const body = new URLSearchParams({
    _csrf: form.elements._csrf.value, langue: form.elements.langue.value,
    lieu: place.value, avait: was.value, texte: typed,
  });
  mark(field, "Enregistrement…");
  let answer, told;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 403) {
      mark(field, "Pas enregistré : votre session est terminée. Reconnectez-vous dans une autre fenêtre, puis rechargez cette page après avoir copié ce texte.", true);
      return say("Votre session est terminée : le dernier texte n’est pas enregistré.");
    }
    if (answer.status >= 500) throw new Error(answer.status);
    told = await answer.json();
  } catch {
    mark(field, "Pas encore enregistré : la connexion est coupée. Nouvel essai dans un instant.", true);
    say("Connexion coupée : nouvel essai dans un instant.");
    return later(field, AGAIN);
  }
  settle(field, typed, answer, told);
}

// settle shows what became of a text.
function settle(field, typed, answer, told) {
  const { was } = parts(field);
  if (answer.status === 409 && told.text !== undefined && told.text !== was.value) return disagree(field, told.text);
  if (!answer.ok) {
    waiting.delete(field);
    mark(field, told.message || "Ce texte n’a pas pu être enregistré : rechargez la page.", true);
    return;
  }
  count(field, Boolean(was.value.trim()), Boolean(told.text.trim()));
  was.value = told.text;
  if (field.value === typed) {
    waiting.delete(field);
    mark(field, "Enregistré");
    advise(field, told.hints);
  }
  progress(told);
  say("Enregistré");
}

function advise(field, hints) {
  const { beside } = parts(field);
  beside.querySelectorAll(".advice").forEach((e) => e.remove());
  for (const hint of hints) beside.append(element("p", "advice", hint));
}

function progress({ done, total }) {
  document.querySelector("[data-count]").textContent = done;
  document.querySelector("[data-total-texts]").textContent = total;
  const bar = document.querySelector("[data-progress]");
  bar.max = total;
  bar.value = done;
}

function count(field, before, after) {
  const { text, form } = parts(field);
  text.classList.toggle("missing", !after);
  if (after) text.querySelector(".again")?.remove();
  const place = form.querySelector("[data-group-done]");
  place.textContent = Number(place.textContent) + Number(after) - Number(before);
}

function element(name, className, content) {
  const e = document.createElement(name);
  e.className = className;
  e.textContent = content;
  return e;
}

// disagree shows what somebody else wrote, and asks which text stays.
function disagree(field, theirs) {
  const { text, was } = parts(field);
  waiting.set(field, 0);
  mark(field, "Pas enregistré", true);
  text.classList.add("conflict");
  text.querySelector(".note")?.remove();
  const box = element("div", "note warn", "");
  const quote = element("p", "theirs", theirs || "(rien : le texte a été effacé)");
  quote.lang = field.lang;
  quote.dir = field.dir;
  const buttons = element("p", "pair", "");
  const choose = (words, style, value) => {
    const button = element("button", `small ${style}`, words);
    button.type = "button";
    button.addEventListener("click", () => { agree(field, theirs, value ?? field.value); });
    buttons.append(button);
  };
  choose("Garder le mien", "", null);
  choose("Prendre le sien", "quiet", theirs);
  box.append(element("p", "", "Quelqu’un d’autre a écrit ceci entre-temps :"), quote, buttons);
  field.after(box);
  say("Quelqu’un d’autre a changé ce texte entre-temps : choisissez lequel garder.");
}

function agree(field, theirs, chosen) {
  const { text, was } = parts(field);
  text.classList.remove("conflict");
  text.querySelector(".note").remove();
  count(field, Boolean(was.value.trim()), Boolean(theirs.trim()));
  was.value = theirs;
  field.value = chosen;
  field.focus();
  mark(field, chosen === theirs ? "Enregistré" : "");
  keep(field);
}

function start(field) {
  field.addEventListener("input", () => {
    if (parts(field).text.classList.contains("conflict")) return;
    mark(field, "");
    later(field, WAIT);
  });
  field.addEventListener("change", () => {
    if (!parts(field).text.classList.contains("conflict")) keep(field);
  });
  const again = parts(field).text.querySelector("[data-again]");
  again?.addEventListener("click", () => {
    field.value = again.previousElementSibling.textContent;
    field.focus();
    keep(field);
  });
  if (again) again.hidden = false;
}

document.querySelectorAll('[data-texts] textarea[name="texte"]').forEach(start);
// Ctrl + Enter leads to the next text, as in a spreadsheet.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.name !== "texte") return;
  event.preventDefault();
  const all = [...document.querySelectorAll('textarea[name="texte"]')];
  all[all.indexOf(event.target) + 1]?.focus();
});
document.querySelectorAll("[data-plain]").forEach((e) => { e.hidden = !e.closest("form").querySelector(".conflict"); });
addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });

const language = document.getElementById("langue"), other = document.getElementById("autre").closest("p");
const fold = () => { other.hidden = language.value !== "" && !document.getElementById("autre").value; };
language.addEventListener("change", fold);
fold();
