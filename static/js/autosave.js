// Keeps what is typed into the editor on the server, as somebody types, and says so. What is kept is no version of the
// record: it is there for its author alone until they save or discard it. While the session or the connection is gone,
// everything stays in the window and is sent as soon as that can be. Double clicks send a form once.
const PAUSE = 1500;
const RETRY = 5000;
const SIGN_OF_LIFE = 30_000;
const AT_REST = 5 * 60_000; // without input for so long one is not said to be here, and the session may end
const MOST_KEPT_ALIVE = 60_000; // browsers send no more after a page has gone
const HOLDS_BACK = new Set(["offline", "expired", "stranger"]); // sending the form now would lose the text
const LOGGED_IN = "ikone-logged-in";
const PASSING = new Set(["csrfmiddlewaretoken", "seen", "window"]); // what is sent beside what is typed
const UNTYPED = new Set(["file", "checkbox", "radio"]); // their value is not what somebody has typed

const form = document.querySelector("form[data-autosave]");
const status = document.querySelector(".editor-status");
const saidAt = status.querySelector("[data-saved-at]");
const saidPeople = status.querySelector("[data-people]");
const words = saidAt.dataset;

let safe = isTouched() ? "" : textOf(); // what the server has, or has sent
let problem = ""; // offline, expired, stranger, refused, or what the server calls it
let typedAt = Date.now();
let waiting = null; // the timer of the next sending
let running = Promise.resolve(); // one sending after the other
let takesOver = false; // somebody has said that this window's text is to replace another's
let leaving = false; // the form is on its way

function valuesOf() {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (!PASSING.has(name) && typeof value === "string") {
      (values[name] ??= []).push(value);
    }
  }
  return values;
}

// Whether somebody was quicker than this script, or the browser has filled in what was there before.
function isTouched() {
  return [...form.elements].some((field) =>
    ("defaultChecked" in field && field.checked !== field.defaultChecked) ||
    ("defaultValue" in field && !UNTYPED.has(field.type) && field.value !== field.defaultValue));
}

function textOf() {
  return JSON.stringify(valuesOf());
}

function show(found) {
  if (found !== problem) {
    problem = found;
    for (const text of status.querySelectorAll("[data-problem]")) {
      text.hidden = text.dataset.problem !== problem;
    }
    saidAt.hidden = problem !== "";
  }
}

function ask(method, body, options = {}) {
  return fetch(form.dataset.autosave, {
    method,
    body,
    redirect: "error",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      "X-Requested-With": "fetch",
    },
    ...options,
  });
}

// After logging in again the page's token is an old one; the server gives a new one to the same person.
async function renew() {
  const answer = await ask("GET");
  if (!answer.ok) {
    return answer.status === 401 ? "expired" : "refused";
  }
  const { token, person } = await answer.json();
  if (String(person) !== form.dataset.person) {
    return "stranger";
  }
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    input.value = token;
  }
  return "";
}

// Says which window sends, so that another one of the same person is not written over.
function bodyOf(text) {
  const seen = takesOver ? null : form.elements.seen.value;
  const name = form.elements.window.value;
  return `{"values":${text},"seen":${JSON.stringify(seen)},"window":${JSON.stringify(name)}}`;
}

async function deliver(text) {
  const body = text === null ? "{}" : bodyOf(text);
  let answer = await ask("POST", body);
  if (answer.status === 403) {
    const found = await renew();
    if (found) {
      return found;
    }
    answer = await ask("POST", body);
  }
  if (answer.status === 401) {
    return "expired";
  }
  if (answer.status >= 500) {
    return "offline";
  }
  if (!answer.ok) {
    const { problem: named } = await answer.json().catch(() => ({}));
    return named ?? "refused";
  }
  const told = await answer.json();
  if (saidPeople.textContent !== told.people) {
    saidPeople.textContent = told.people;
  }
  if (told.saved_as) {
    // Another window has made a write-up of this form. Saving shows what differs.
    return "refused";
  }
  if (told.saved_at) {
    safe = text;
    takesOver = false;
    form.elements.seen.value = told.mark;
    saidAt.textContent = words.saved.replace("{time}", told.saved_at);
    rememberDraft();
  }
  return "";
}

// A new write-up has an address as soon as something of it is kept, so that loading the page again brings it back.
function rememberDraft() {
  const key = form.elements.key?.value;
  if (key && !location.search.includes(key)) {
    history.replaceState(null, "", `?entwurf=${key}`);
  }
}

// Sends what is typed, or a sign of life if there is nothing new; true if nothing can be lost now.
function send() {
  running = running.then(sendNow);
  return running;
}

async function sendNow() {
  clearTimeout(waiting);
  const text = textOf();
  const isNew = text !== safe;
  if (isNew && !problem) {
    saidAt.textContent = words.busy;
  }
  show(await deliver(isNew ? text : null).catch(() => "offline"));
  if (problem === "offline" || (!problem && textOf() !== safe)) {
    later(problem ? RETRY : PAUSE);
  }
  return problem === "" || !HOLDS_BACK.has(problem);
}

function later(pause) {
  clearTimeout(waiting);
  waiting = setTimeout(send, pause);
}

function isUnsafe() {
  return !leaving && textOf() !== safe;
}

form.addEventListener("input", () => {
  typedAt = Date.now();
  if ((!problem || problem === "too_long") && !leaving) {
    later(PAUSE);
  }
});

// First make sure that the text is safe and that somebody is there to take the form; then let it go, once.
form.addEventListener("submit", async (event) => {
  if (event.submitter?.dataset.sent === "yes") {
    return;
  }
  event.preventDefault();
  if (leaving) {
    return;
  }
  leaving = true;
  if (await send()) {
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    button.dataset.sent = "yes";
    form.requestSubmit(button);
    button.dataset.sent = "";
  } else {
    leaving = false;
    status.scrollIntoView({ block: "nearest" });
  }
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") {
    send();
  } else if (isUnsafe()) {
    const body = bodyOf(textOf());
    ask("POST", body, { keepalive: body.length < MOST_KEPT_ALIVE }).catch(() => {});
  }
});
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    leaving = false;
    send();
  }
});
addEventListener("beforeunload", (event) => {
  if (problem && isUnsafe()) {
    event.preventDefault();
  }
});
addEventListener("online", send);
addEventListener("focus", () => problem && send());
new BroadcastChannel(LOGGED_IN).addEventListener("message", send);
setInterval(() => {
  if (document.visibilityState === "visible" && !problem && !leaving && Date.now() - typedAt < AT_REST) {
    send();
  }
}, SIGN_OF_LIFE);

status.querySelector("[data-take-over]").addEventListener("click", () => {
  takesOver = true;
  send();
});

form.elements.window.value = crypto.randomUUID();
if (!("kept" in words)) {
  saidAt.textContent = words.quiet;
}
send();
