// Keeps what is typed into a form with `data-keep` (the id of the person) in this tab until it is saved, so that an
// expired session costs nobody a text. The version number is kept along: what somebody else has saved meanwhile is
// never replaced unseen, because the server then shows both. `data-sent`: the page answers to the form and has it all.
const PREFIX = "ikone-kept:";
const SENT = "ikone-sent";
const PAUSE = 2000;
// They differ with every opening of the form and say nothing about its text.
const TACIT = new Set(["key", "version"]);

// Where the browser forbids storage or it is full, the form works as without this module.
function stored(action) {
  try {
    return action(sessionStorage);
  } catch {
    return null;
  }
}

function forget(isMeant) {
  stored((storage) => {
    Object.keys(storage).filter((key) => key.startsWith(PREFIX) && isMeant(key)).forEach((key) => storage.removeItem(key));
  });
}

function valuesOf(form) {
  return [...new FormData(form)]
    .filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string")
    .map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]);
}

function textOf(values) {
  return JSON.stringify(values.filter(([name]) => !TACIT.has(name)));
}

function fill(form, values) {
  for (const field of form.elements) {
    const kept = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") {
      continue;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = kept.includes(field.value);
    } else if (kept.length) {
      field.value = kept[0];
    }
  }
}

function keep(form) {
  const own = `${PREFIX}${form.dataset.keep}:`;
  const key = `${own}${location.pathname}`;
  const served = textOf(valuesOf(form));
  let waiting = null;

  const remember = () => {
    clearTimeout(waiting);
    waiting = null;
    stored((storage) => storage.setItem(key, JSON.stringify(valuesOf(form))));
  };
  const stop = () => {
    clearTimeout(waiting);
    waiting = null;
    form.removeEventListener("input", later);
  };
  const later = () => {
    waiting ??= setTimeout(remember, PAUSE);
  };

  forget((other) => !other.startsWith(own));
  if (form.hasAttribute("data-sent")) {
    remember();
  } else {
    const kept = stored((storage) => JSON.parse(storage.getItem(key)));
    if (kept && textOf(kept) !== served) {
      fill(form, kept);
      const notice = form.querySelector("[data-kept]");
      notice.hidden = false;
      notice.querySelector("button").addEventListener("click", () => {
        stop();
        forget((other) => other === key);
        location.replace(location.pathname + location.search);
      });
    } else {
      forget((other) => other === key);
    }
  }
  form.addEventListener("input", later);
  form.addEventListener("submit", () => {
    remember();
    stored((storage) => storage.setItem(SENT, key));
  });
  addEventListener("pagehide", () => waiting && remember());
  document.addEventListener("keep:stop", stop);
}

if (document.querySelector("[data-saved]")) {
  const sent = stored((storage) => storage.getItem(SENT));
  forget((key) => key === sent);
}
document.querySelectorAll("form[data-keep]").forEach(keep);
document.querySelectorAll("form[data-logout]").forEach((form) => {
  form.addEventListener("submit", () => {
    document.dispatchEvent(new Event("keep:stop"));
    forget(() => true);
  });
});
