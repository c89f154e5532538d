// What makes the pages of the questionnaires' life quicker: a file that is too
// large is told before it is sent, and an address follows its title.

const MEGABYTE = 1 << 20;

// A form that sends files says which limit it has, in megabytes.
function startUpload(form) {
  const limit = Number(form.dataset.upload);
  const fault = form.querySelector("[data-upload-fault]");
  const files = [...form.querySelectorAll("[data-file]")];
  const weight = () => files.flatMap((field) => [...field.files]).reduce((sum, file) => sum + file.size, 0);
  const look = () => {
    const tooHeavy = weight() > limit * MEGABYTE * 0.98; // the form's own fields weigh a little
    fault.hidden = !tooHeavy;
    fault.textContent = tooHeavy ? `Ce fichier dépasse ${limit} Mo : retirez les images et les feuilles inutiles, puis choisissez-le de nouveau.` : "";
    return tooHeavy;
  };
  files.forEach((field) => field.addEventListener("change", () => {
    look();
    const own = field.closest(".within")?.previousElementSibling?.querySelector("input[type=radio]");
    if (own && field.files.length) own.checked = true;
  }));
  form.addEventListener("submit", (event) => {
    if (look()) {
      event.preventDefault();
      files[0].focus();
    }
  });
}

const words = (title) => title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replaceAll("œ", "oe").replaceAll("æ", "ae").split(/[^a-z0-9]+/).filter(Boolean);

// The address a title gives: the first words that make forty letters at most.
function addressOf(title) {
  let address = "";
  for (const word of words(title)) {
    const next = address ? `${address}-${word}` : word;
    if (next.length > 40) break;
    address = next;
  }
  return address;
}

// It is shown as a proposal, until somebody writes their own.
function startAddress(field) {
  const title = document.querySelector("[data-titled]");
  const propose = () => { field.placeholder = addressOf(title.value); };
  title.addEventListener("input", propose);
  propose();
}

document.querySelectorAll("[data-upload]").forEach(startUpload);
document.querySelectorAll("[data-address]").forEach(startAddress);

// A menu inside an option chooses that option.
for (const menu of document.querySelectorAll(".within select")) {
  menu.addEventListener("change", () => {
    const own = menu.closest(".within").previousElementSibling?.querySelector("input[type=radio]");
    if (own) own.checked = true;
  });
}
