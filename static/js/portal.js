// Small comforts of every page, and the way to the larger ones, which load only where a page needs them.
// Everything here also works without it.

for (const summary of document.querySelectorAll("[data-focus]")) {
  summary.focus();
}

// A link of the error summary puts the focus into its field, also where an editor stands in front of it.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#'], [data-following] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    const control = field.matches("input, select, textarea, button") ? field : field.querySelector("input, select, textarea");
    const editor = field.closest(".prose-editor")?.querySelector("[contenteditable]");
    (editor ?? control ?? field).focus();
    (editor ?? field).scrollIntoView({ block: "center" });
  }
});

// Menus close with Escape and with a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.activeElement?.closest("details[data-menu][open]");
    closeMenus();
    menu?.querySelector("summary").focus();
  }
});

if (document.querySelector("[hx-get], [hx-post], .filters__links")) {
  import("./live-list.js");
}
if (document.querySelector("form[data-autosave]")) {
  import("./autosave.js");
}
if (document.querySelector("[data-progress]")) {
  import("./progress.js");
}
// The second window, in which somebody has logged in again, tells the first.
if (document.querySelector("[data-back]")) {
  new BroadcastChannel("ikone-logged-in").postMessage("");
}
// Suggestions come in when somebody is about to search.
document.addEventListener("focusin", function bringIn(event) {
  if (event.target.matches("[data-suggestions]")) {
    document.removeEventListener("focusin", bringIn);
    import("./search-box.js");
  }
});
if (document.activeElement?.matches("[data-suggestions]")) {
  import("./search-box.js");
}
if (document.querySelector("textarea[data-prose]")) {
  import("./prose.js");
}
if (document.querySelector("[data-rows]")) {
  import("./rows.js");
}
