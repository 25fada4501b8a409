// „Weitere Zeile“ adds an empty row on the spot; without this the server does it and keeps what was typed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-more]");
  if (!button) {
    return;
  }
  event.preventDefault();
  const rows = button.closest("[data-rows]");
  const total = rows.querySelector(`[name="${rows.dataset.rows}-TOTAL_FORMS"]`);
  const number = Number(total.value);
  const list = rows.querySelector("[data-rows-list]");
  const made = document.createElement("template");
  made.innerHTML = rows.querySelector("[data-rows-empty]").innerHTML.replaceAll("__prefix__", number);
  made.content.querySelector("[data-row-number]").textContent = number + 1;
  list.append(made.content);
  total.value = number + 1;
  button.hidden = number + 1 >= Number(button.dataset.rowsMore);
  list.lastElementChild.querySelector("input:not([type=hidden]), select, textarea").focus();
});
