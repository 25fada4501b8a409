// Lists whose filters take effect at once. htmx does the work from the attributes in the page; this brings it in,
// keeps up with quick fingers, and says how many there are once the list has changed.
const script = document.createElement("script");
script.src = new URL("../vendor/htmx/htmx.min.js", import.meta.url).href;
script.addEventListener("load", keepFolds);
document.head.append(script);

const CHOICE = ".facet__choice";
const LINK = `${CHOICE}, .chosen a, .sorts a`;
let onItsWay = null; // the address that a list is being asked for
const afterwards = new WeakMap(); // what is to be done once the answer to a request stands on the page

// What somebody has unfolded stays as they left it; the answer only knows how the page looks when it is opened.
function keepFolds() {
  globalThis.htmx.registerExtension("folds", {
    htmx_before_morph_attr: (element, { attrName }) => !(attrName === "open" && element.matches("details")),
  });
}

// A link knows only the page as it stands. Where an answer is still on its way, what it adds or takes away joins that.
function joined(link) {
  const shown = new URLSearchParams(location.search);
  const wanted = new URL(link.href).searchParams;
  const asked = new URL(onItsWay, location.origin);
  for (const [name, value] of shown) {
    if (!wanted.has(name, value)) {
      asked.searchParams.delete(name, value);
    }
  }
  for (const [name, value] of wanted) {
    if (!shown.has(name, value) && !asked.searchParams.has(name, value)) {
      asked.searchParams.append(name, value);
    }
  }
  return asked.pathname + asked.search;
}

document.addEventListener("htmx:config:request", (event) => {
  const { sourceElement, request } = event.detail.ctx;
  if (sourceElement.matches(LINK)) {
    afterwards.set(event.detail.ctx, keepingFocus(sourceElement));
    if (onItsWay) {
      request.action = joined(sourceElement);
    }
  } else if (request.body instanceof FormData && sourceElement.matches("form[method='get']")) {
    afterwards.set(event.detail.ctx, correctingFields(sourceElement));
    // Empty fields stay out of the address.
    for (const [name, value] of [...request.body.entries()]) {
      if (value === "") {
        request.body.delete(name);
      }
    }
  }
});

document.addEventListener("htmx:before:request", (event) => {
  const { sourceElement, request } = event.detail.ctx;
  if (sourceElement.matches(`.filters form, ${LINK}`)) {
    onItsWay = request.action;
  }
});
document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx.request.action === onItsWay) {
    onItsWay = null;
  }
});

// The focus stays on a choice wherever it stands now, or on its filter where nothing is left to choose; on the order
// that was chosen; and of the tags it goes to the next one, or to the number of hits where none is left.
function placeOf(link) {
  if (link.matches(CHOICE)) {
    const filter = link.closest("details.facet").id;
    return () => {
      const choice = document.getElementById(link.id);
      return choice?.matches("a") ? choice : document.querySelector(`#${CSS.escape(filter)} > summary`);
    };
  }
  const alike = link.closest(".sorts") ? ".sorts a" : ".chosen .tag";
  const number = [...document.querySelectorAll(alike)].indexOf(link);
  return () => {
    const links = [...document.querySelectorAll(alike)];
    return links[Math.min(number, links.length - 1)] ?? theCount();
  };
}

function theCount() {
  const count = document.querySelector("[data-count]");
  count?.setAttribute("tabindex", "-1");
  return count;
}

function keepingFocus(link) {
  const place = placeOf(link);
  return () => {
    if ([document.body, link].includes(document.activeElement)) {
      place()?.focus({ preventScroll: true });
    }
  };
}

// What the list has made of the words stands in their field, unless somebody has typed on.
function correctingFields(form) {
  const sent = [...form.querySelectorAll("input:not([type='hidden'])")].map((field) => [field, field.value]);
  return () => {
    for (const [field, value] of sent) {
      if (field.value === value) {
        field.value = field.defaultValue;
      }
    }
  };
}

document.addEventListener("htmx:after:swap", (event) => {
  afterwards.get(event.detail.ctx)?.();
  const count = document.querySelector("[data-count]");
  if (count) {
    document.getElementById("meldung").textContent = count.textContent.trim();
  }
});
