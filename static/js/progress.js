// Counts what a short profile still needs, as somebody types. The server has counted the same for the page as it came.
const box = document.querySelector("[data-progress]");
const form = document.getElementById("abschnitt");
const rules = JSON.parse(box.dataset.progress);
const words = box.dataset;
const bar = box.querySelector("progress");

function isFilled(sent, names) {
  return names.some((name) => String(sent.get(name) ?? "").trim() !== "");
}

function count() {
  const sent = new FormData(form);
  const needed = rules.filter((rule) => !rule.only || sent.get("kind") === rule.only);
  const missing = needed.filter((rule) => !isFilled(sent, rule.names));
  const minutes = Math.max(1, missing.reduce((sum, rule) => sum + rule.minutes, 0));
  bar.max = needed.length;
  bar.value = needed.length - missing.length;
  box.querySelector("[data-count]").textContent = words.counted
    .replace("{done}", bar.value)
    .replace("{total}", bar.max);
  box.querySelector("[data-left]").textContent = missing.length ? words.minutes.replace("{minutes}", minutes) : "";
  box.querySelector("[data-following]").replaceChildren(...following(missing[0]));
}

function following(rule) {
  if (!rule) {
    return [words.complete];
  }
  const link = document.createElement("a");
  link.className = "kern-link kern-link--no-visited-state";
  link.href = `#${rule.target}`;
  link.textContent = rule.label;
  return [`${words.next} `, link];
}

let asked = false;
form.addEventListener("input", () => {
  if (!asked) {
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      count();
    });
  }
});
