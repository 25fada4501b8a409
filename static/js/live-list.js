// Lists whose filters take effect at once. htmx does the work from the attributes in the page; this brings it in,
// and says how many there are once the list has changed.
const script = document.createElement("script");
script.src = new URL("../vendor/htmx/htmx.min.js", import.meta.url).href;
document.head.append(script);
document.documentElement.classList.add("is-live");

// Empty fields stay out of the address.
document.addEventListener("htmx:config:request", (event) => {
  const body = event.detail.ctx?.request?.body;
  if (body instanceof FormData && event.target.matches("form[method='get']")) {
    for (const [name, value] of [...body.entries()]) {
      if (value === "") {
        body.delete(name);
      }
    }
  }
});

// What somebody has unfolded stays as they left it; the answer only knows how the page looks when it is opened.
document.addEventListener("htmx:before:morph:attr", (event) => {
  if (event.detail.attrName === "open" && event.target.matches("details")) {
    event.preventDefault();
  }
});

document.addEventListener("htmx:after:swap", () => {
  const count = document.querySelector("[data-count]");
  if (count) {
    document.getElementById("meldung").textContent = count.textContent.trim();
  }
});
