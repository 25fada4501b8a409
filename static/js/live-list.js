// Lists whose filters take effect at once. htmx does the work from the attributes in the page; this brings it in,
// keeps up with quick fingers, and says how many there are once the list has changed.
const script = document.createElement("script");
script.src = new URL("../vendor/htmx/htmx.min.js", import.meta.url).href;
script.addEventListener("load", keepFolds);
document.head.append(script);

const CHOICE = ".facet__choice";
let onItsWay = null; // the address that a list is being asked for
let chosen = null; // the choice that was followed, and its filter

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
  chosen = null;
  if (sourceElement.matches(CHOICE)) {
    chosen = { id: sourceElement.id, filter: sourceElement.closest("details.facet").id };
    if (onItsWay) {
      request.action = joined(sourceElement);
    }
  } else if (request.body instanceof FormData && sourceElement.matches("form[method='get']")) {
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
  if (sourceElement.matches(`.filters form, ${CHOICE}`)) {
    onItsWay = request.action;
  }
});
document.addEventListener("htmx:finally:request", (event) => {
  if (event.detail.ctx.request.action === onItsWay) {
    onItsWay = null;
  }
});

// The focus stays on the choice wherever it stands now, or on its filter where nothing is left to choose.
function keepFocus({ id, filter }) {
  const choice = document.getElementById(id);
  const place = choice?.matches("a") ? choice : document.querySelector(`#${CSS.escape(filter)} > summary`);
  if (place && document.activeElement === document.body) {
    place.focus({ preventScroll: true });
  }
}

document.addEventListener("htmx:after:swap", () => {
  if (chosen) {
    keepFocus(chosen);
  }
  const count = document.querySelector("[data-count]");
  if (count) {
    document.getElementById("meldung").textContent = count.textContent.trim();
  }
});
