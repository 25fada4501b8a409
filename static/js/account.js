// Pages of the account: show a password that is being typed, passkeys where the browser knows them.

function offerToShow(field, template) {
  const button = template.content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
  field.insertAdjacentElement("afterend", button);
  field.form.addEventListener("submit", () => { field.type = "password"; });
}

const template = document.querySelector("template[data-password-toggle]");
if (template) {
  for (const field of document.querySelectorAll("input[type=password]")) offerToShow(field, template);
}

// Browsers give passkeys to names only, so not where a portal is tried at its number.
const hasName = !/^[\d.]+$|:/.test(location.hostname.replace(/^\[|\]$/g, ""));
for (const hint of document.querySelectorAll("[data-needs-name]")) hint.hidden = hasName;

if (window.PublicKeyCredential && hasName) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
}

// allauth tells of a cancelled or failed passkey; without this it would only be seen in the console.
document.addEventListener("allauth.error", (event) => {
  const notice = document.getElementById("passkey-error");
  if (notice) {
    event.preventDefault();
    notice.hidden = false;
  }
});
