// Topics can be drawn to their place. The arrows beside them do the same without a mouse and without this.
const tree = document.querySelector("[data-working-tree]");
const form = document.querySelector("[data-place]");
const MARKS = ["working-tree__row--before", "working-tree__row--into", "working-tree__row--after"];
let drawn = null;

// The page comes anew after each step. What it says is written into the live region once that is watched:
// text that a page brings along is not read out.
const said = document.querySelector(".toasts .toast");
if (tree && said) {
  setTimeout(() => {
    document.getElementById("meldung").textContent = said.textContent.trim().replace(/\s+/g, " ");
  }, 300);
}

const rowOf = (event) => event.target.closest?.(".working-tree__row");

function clear() {
  for (const row of tree.querySelectorAll(".working-tree__row")) {
    row.classList.remove(...MARKS);
  }
}

// In the upper quarter of a row it goes before it, in the lower one behind it, else below it.
function zone(row, event) {
  const box = row.getBoundingClientRect();
  const share = (event.clientY - box.top) / box.height;
  return share < 0.25 ? 0 : share > 0.75 ? 2 : 1;
}

function canGo(row) {
  return drawn && row && !drawn.contains(row);
}

if (tree && form) {
  for (const row of tree.querySelectorAll(".working-tree__row")) {
    row.draggable = true;
  }
  tree.addEventListener("dragstart", (event) => {
    drawn = rowOf(event)?.closest("li") ?? null;
    if (drawn) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", drawn.dataset.topic);
    }
  });
  tree.addEventListener("dragover", (event) => {
    const row = rowOf(event);
    clear();
    if (canGo(row)) {
      event.preventDefault();
      row.classList.add(MARKS[zone(row, event)]);
    }
  });
  tree.addEventListener("dragend", () => {
    clear();
    drawn = null;
  });
  tree.addEventListener("drop", (event) => {
    const row = rowOf(event);
    if (!canGo(row)) {
      return;
    }
    event.preventDefault();
    const item = row.closest("li");
    const where = zone(row, event);
    const next = item.nextElementSibling === drawn ? drawn.nextElementSibling : item.nextElementSibling;
    form.elements.topic.value = drawn.dataset.topic;
    form.elements.parent.value = where === 1 ? item.dataset.topic : item.parentElement.dataset.parent;
    form.elements.before.value = [item.dataset.topic, "", next?.dataset.topic ?? ""][where];
    form.submit();
  });
}
