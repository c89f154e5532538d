// Grouping communes, quicker: find one by its name, and see at once how many
// people each sector has. Answers are counted by the server alone: their number
// in one village is nobody's business. Without this script the form does the
// same, by « Voir ce que ça donne ».

const FLOOR = 2000; // inhabitants of a sector, as surveys.SectorFloor
const form = document.querySelector("[data-grouping]");
const lines = form ? [...form.querySelectorAll("[data-commune]")] : [];

let before; // the sector of each line, before it changes
const remember = () => { before = new Map(lines.map((line) => [line, line.querySelector("select").value])); };

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/[^a-z0-9]+/g, " ").trim();
const number = (n) => n.toLocaleString("fr-FR");

// filter shows the communes whose name or postal code has these letters.
function filter() {
  const typed = plain(form.querySelector("#filtre").value);
  let found = 0;
  for (const line of lines) {
    line.hidden = typed !== "" && !plain(line.dataset.commune).includes(typed);
    if (!line.hidden) found++;
  }
  for (const group of form.querySelectorAll(".communes")) {
    const none = !group.querySelector("li:not([hidden])");
    group.hidden = none;
    if (typed && !none) group.open = true;
  }
  form.querySelector("[data-bulk]").hidden = typed === "" || found === 0;
  form.querySelector("[data-found]").textContent = typed ? (found > 1 ? `${number(found)} communes` : found ? "1 commune" : "Aucune commune") : "";
}

// count adds up the people of each sector as it is chosen. What was said of the
// answers is no longer true of a sector that changed.
function count(changed = []) {
  const people = {}, communes = {};
  let nowhere = 0;
  for (const line of lines) {
    const slot = line.querySelector("select").value;
    line.dataset.unplaced = slot === "0";
    if (slot === "0") nowhere++;
    people[slot] = (people[slot] ?? 0) + Number(line.dataset.people);
    communes[slot] = (communes[slot] ?? 0) + 1;
  }
  for (const size of form.querySelectorAll("[data-size]")) {
    const slot = size.dataset.size;
    size.querySelector("[data-people]").textContent = number(people[slot] ?? 0);
    size.querySelector("[data-communes]").textContent = number(communes[slot] ?? 0);
    size.classList.toggle("low", Boolean(communes[slot]) && people[slot] < FLOOR);
    if (changed.includes(slot)) size.querySelector("[data-answers]").textContent = "";
  }
  form.querySelector("[data-unplaced]:not(li)").textContent =
    nowhere ? `Communes sans secteur : ${number(nowhere)}` : "";
}

// putAll puts every commune that the search shows in one sector.
function putAll() {
  const slot = form.querySelector("#ensemble").value;
  const moved = lines.filter((line) => !line.hidden && line.querySelector("select").value !== slot);
  const changed = moved.map((line) => line.querySelector("select").value);
  for (const line of moved) line.querySelector("select").value = slot;
  count([slot, ...changed]);
  remember();
  form.querySelector("[data-found]").textContent = moved.length > 1 ? `${number(moved.length)} communes déplacées` : moved.length ? "1 commune déplacée" : "Elles y sont déjà";
}

// rename writes the name of a sector in every menu that offers it.
function rename(field) {
  const slot = [...form.querySelectorAll('[name="nom"]')].indexOf(field) + 1;
  for (const option of form.querySelectorAll(`select option[value="${slot}"]`)) {
    option.textContent = field.value.trim() || `Secteur ${slot}`;
  }
}

if (form) {
  form.querySelector("[data-filter]").hidden = false;
  form.querySelector("#filtre").addEventListener("input", filter);
  form.querySelector("#filtre").addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  form.querySelector("[data-all]").addEventListener("click", putAll);
  remember();
  form.addEventListener("change", (event) => {
    if (event.target.matches('[name="nom"]')) return rename(event.target);
    const line = event.target.closest("[data-commune]");
    if (!line) return;
    count([before.get(line), event.target.value]);
    before.set(line, event.target.value);
  });
  count();
}
