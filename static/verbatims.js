// Alt and an arrow go from text to text. Without this file the links under
// each text do.

const texts = [...document.querySelectorAll("[data-text]")];
const title = (text) => text.querySelector("h3");

document.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = false; });

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  if (event.target.matches("select")) return; // there the keys open the list
  const here = texts.findIndex((text) => text.contains(document.activeElement));
  const next = texts[event.key === "ArrowDown" ? here + 1 : Math.max(here, 0) - 1];
  if (!next) return;
  event.preventDefault();
  title(next).focus();
  title(next).scrollIntoView({ block: "start" });
});
